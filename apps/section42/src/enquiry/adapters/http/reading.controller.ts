import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Ask, type Asking, Needs } from '#libs/platform';
import { EnquiryReading } from '../../application/enquiry-reading.js';
import { type EnquiryView, viewOf } from './view.js';

const id = z.uuid();
const ofConcern = z.strictObject({ concernId: id });

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
