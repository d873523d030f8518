export { JetStreamCarrier, type StreamState } from './carrier.js';
export { type BrokerAddress, connectBroker } from './connection.js';
export { isPassing, NotYet } from './failure.js';
export { pendingMessages } from './pending.js';
export { setUpStreams, type StreamLimits } from './set-up.js';
export { type Intake as MessageIntake, JetStreamStrategy, type Letter, MessageContext, type StrategyOptions } from './strategy.js';
export { durableName, reads, type Stream, streams } from './topology.js';
