import type { MigrationInterface, QueryRunner } from 'typeorm';
import { roomForReplies } from '#libs/journal';

export class LeaveRoomForReplies1796000200000 implements MigrationInterface {
  name = 'LeaveRoomForReplies1796000200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(roomForReplies);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
