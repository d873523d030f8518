#!/bin/sh
# Makes the secrets of a compose system once, each file holding what its one reader needs. Keep a copy of the keys apart
# from the backups of the database: what a service encrypted is lost with its key. `sh deploy/secrets.sh client NAME` makes
# the next key with which a program proves who it is, and changes nothing else.
set -eu
umask 077
cd "$(dirname "$0")"

# With this a program proves to the identity provider who it is; the provider is given the public half.
client() {
  openssl ecparam -name prime256v1 -genkey -noout | openssl pkcs8 -topk8 -nocrypt -out "$1.pem"
  openssl pkey -in "$1.pem" -pubout -out "$1.pub"
  chmod 0444 "$1.pem"
}

if [ "${1:-}" = client ]; then
  [ -e "secrets/${2:?says whose key}-client.pem" ] || { echo "There is no program $2."; exit 1; }
  rm -f "secrets/$2-client.next.pem"
  client "secrets/$2-client.next"
  echo "The next key of $2 is in deploy/secrets/$2-client.next.pem, its public half in $2-client.next.pub."
  exit 0
fi
if [ -e secrets ]; then
  echo "deploy/secrets is there already; nothing was changed."
  exit 0
fi
rm -rf secrets.new
mkdir secrets.new

# Begins with a letter: the broker would read some passwords of digits as numbers.
password() { printf 'p%s' "$(head -c 24 /dev/urandom | od -An -vtx1 | tr -d ' \n')"; }
put() { printf '%s=%s\n' "$2" "$3" >>"secrets.new/$1"; }

owner=$(password)
put postgres.env POSTGRES_USER caseward
put postgres.env POSTGRES_DB caseward
put postgres.env POSTGRES_PASSWORD "$owner"
put set-up.env DATABASE_URL "postgresql://caseward:$owner@postgres:5432/caseward"
broker=$(password)
put nats.env BROKER_PASSWORD_SET_UP "$broker"
put set-up.env NATS_PASSWORD "$broker"

for service in people triage section42 dols directory metrics; do
  for role in app relay maintain migrate auditor; do
    secret=$(password)
    put set-up.env "PASSWORD_${service}_$role" "$secret"
    # Only the set-up step migrates, and the auditor is a person with psql.
    case $role in migrate | auditor) continue ;; esac
    name=$(printf 'DATABASE_%s_URL' "$role" | tr '[:lower:]' '[:upper:]')
    put "$service.env" "$name" "postgresql://${service}_$role:$secret@postgres:5432/caseward"
  done
  broker=$(password)
  put nats.env "BROKER_PASSWORD_$(printf '%s' "$service" | tr '[:lower:]' '[:upper:]')" "$broker"
  put "$service.env" NATS_PASSWORD "$broker"
  printf '{"keys":[{"id":"%s","key":"%s"}]}\n' "$(head -c 4 /dev/urandom | od -An -vtx1 | tr -d ' \n')" "$(head -c 32 /dev/urandom | base64)" >"secrets.new/$service.key"
  # Read in the container by another account than ours; on this machine the folder keeps others out.
  chmod 0444 "secrets.new/$service.key"
  client "secrets.new/$service-client"
done
for site in partner-site staff-site; do
  put "$site.env" SESSION_SECRET "$(password)"
  schema=$(printf '%s' "$site" | tr - _)
  for role in app migrate; do
    secret=$(password)
    put set-up.env "PASSWORD_${schema}_$role" "$secret"
    [ "$role" = app ] && put "$site.env" DATABASE_APP_URL "postgresql://${schema}_app:$secret@postgres:5432/caseward"
  done
  client "secrets.new/$site-client"
done
mv secrets.new secrets
echo "The secrets are in deploy/secrets."
