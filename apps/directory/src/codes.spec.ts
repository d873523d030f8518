import { codes } from '#libs/contracts';
import { ORGANISATION_KINDS } from './organisation/domain/codes.js';
import { PLACE_SETTINGS } from './place/domain/codes.js';
import { STAFF_ROLES } from './staff/domain/codes.js';

describe('the code lists of the rules', () => {
  it('are those that leave the service', () => {
    expect([...ORGANISATION_KINDS]).toEqual(codes.organisationKind.options);
    expect([...PLACE_SETTINGS]).toEqual(codes.placeSetting.options);
    expect([...STAFF_ROLES]).toEqual(codes.staffRole.options);
  });
});
