-- Once per database. Nobody is let in who is not named.
revoke all on database {database} from public;
revoke all on schema public from public;
