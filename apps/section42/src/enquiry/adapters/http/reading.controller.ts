import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Ask, type Asking, Needs } from '#libs/platform';
import { EnquiryReading } from '../../application/enquiry-reading.js';
import { besideOf, type EnquiryView, viewOf } from './view.js';

const id = z.uuid();
const ofConcern = z.strictObject({ concernId: id });
const besideBody = z.strictObject({ concernIds: z.array(id).min(1).max(50) });

/** Where an enquiry stands, and how it came to that. Every reading is recorded. */
@ApiTags('enquiries')
@Controller('enquiries')
export class ReadingController {
  constructor(private readonly reading: EnquiryReading) {}

  @Get()
  @Needs('enquiry.read')
  @ApiOperation({ summary: 'The enquiry of a concern, as a list of one or none. The reading is recorded' })
  async find(@Ask() asking: Asking, @Query({ schema: ofConcern }) query: z.infer<typeof ofConcern>): Promise<{ items: EnquiryView[] }> {
    return { items: await this.reading.ofConcern(asking, query.concernId, viewOf) };
  }

  @Post('beside')
  @Needs('enquiry.read')
  @HttpCode(200)
  @ApiOperation({ summary: 'The enquiries that concerns led to, by the concerns’ ids, and where they stand. The reading is recorded' })
  async beside(@Ask() asking: Asking, @Body({ schema: besideBody }) { concernIds }: z.infer<typeof besideBody>): Promise<{ items: object[] }> {
    return { items: await this.reading.ofConcerns(asking, concernIds, besideOf) };
  }

  @Get(':id')
  @Needs('enquiry.read')
  @ApiOperation({ summary: 'An enquiry as it stands. The reading is recorded' })
  read(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string): Promise<EnquiryView> {
    return this.reading.read(asking, recordId, viewOf);
  }

  @Get(':id/story')
  @Needs('enquiry.read_story')
  @ApiOperation({ summary: 'What happened to an enquiry, in order. The reading is recorded' })
  story(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string): Promise<object> {
    return this.reading.story(asking, recordId);
  }
}
