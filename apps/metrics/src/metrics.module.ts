import { Module } from '@nestjs/common';
import { OwnToken } from '#libs/identity';
import { Checks, CommonChecks, KeysController, ServiceModule, UnderOwnKeys, VerifyController } from '#libs/platform';
import { config } from './config.js';
import { ContractsConsumer } from './facts/adapters/events/contracts.consumer.js';
import { FactsController } from './facts/adapters/http/facts.controller.js';
import { RebuildController } from './facts/adapters/http/rebuild.controller.js';
import { FactsCheck } from './facts/adapters/rebuild/facts.check.js';
import { FactsOrigin, factsOrigin } from './facts/adapters/rebuild/facts-origin.js';
import { MeasuresController } from './measures/adapters/http/measures.controller.js';
import { SqlFactReader } from './measures/adapters/sql/sql-fact-reader.js';
import { FactReader } from './measures/application/fact-reader.js';

@Module({
  imports: [ServiceModule.for({ config, messagesSee: 'every' })],
  controllers: [MeasuresController, FactsController, RebuildController, ContractsConsumer, VerifyController, KeysController],
  providers: [
    { provide: UnderOwnKeys, useValue: { sealed: [], besides: [], hasRecords: false } satisfies UnderOwnKeys },
    { provide: FactReader, useClass: SqlFactReader },
    { provide: FactsOrigin, useFactory: factsOrigin, inject: [OwnToken] },
    { provide: Checks, useFactory: (common: CommonChecks, origin: FactsOrigin) => new Checks([...common.all, new FactsCheck(origin)]), inject: [CommonChecks, FactsOrigin] },
  ],
})
export class MetricsModule {}
