import type { Random } from '../../oracle/random.ts';

const sentences = [
  'She was found on the floor of her room and said that she had been left there for most of the night.',
  'The neighbour has heard shouting through the wall on several evenings and is worried about what goes on.',
  'His money is kept by a relative, and there was none for food when the carer came on Tuesday.',
  'There are bruises on both forearms which nobody at the home could explain when they were asked.',
  'Medication was missed on four days in the last two weeks, and the chart was filled in afterwards.',
  'He says that he does not want anybody to be told, and that it is his own affair.',
  'The flat has had no heating since the beginning of the month and the post has not been opened.',
  'A new friend has moved in and answers the door and the telephone in her place.',
  'The ambulance crew noted that she was very thin and that her clothes had not been changed.',
  'Staff moved him without the hoist although the plan says that two people and the hoist are needed.',
  'She was calm when she was spoken to alone, and said that she would like it to stop.',
  'The manager has been told and says that the rota is being looked at.',
];

/** An invented account of some sentences. */
export const account = (random: Random): string => Array.from({ length: 2 + random.below(5) }, () => random.pick(sentences)).join(' ');

/** One invented sentence. */
export const remark = (random: Random): string => random.pick(sentences);
