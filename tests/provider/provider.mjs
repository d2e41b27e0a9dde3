// A real OpenID provider for tests: `node provider.mjs PORT BACK_ADDRESS LEFT_ADDRESS`. Whoever logs in as NAME is NAME@example.org.
// Her address counts as verified unless her name begins with "un", her groups are what stands after a "+". It makes its keys anew at
// every start. Says "listening" once it answers.
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const [port, back, left] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'museum',
      client_secret: 'lanterns under snow/ and: more',
      redirect_uris: [back],
      post_logout_redirect_uris: [left],
      response_types: ['code'],
      grant_types: ['authorization_code'],
    },
  ],
  jwks: { keys: [{ ...key, use: 'sig', alg: 'RS256', kid: `key-${Date.now()}` }] },
  pkce: { required: () => true },
  claims: { openid: ['sub', 'groups'], email: ['email', 'email_verified'], profile: ['name', 'preferred_username'] },
  cookies: { keys: ['tests'] },
  features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
  async findAccount(_, id) {
    const [name, ...groups] = id.split('+');
    return {
      accountId: id,
      claims: () => ({
        sub: id,
        email: `${name}@example.org`,
        email_verified: !name.startsWith('un'),
        name: `${name} of the provider`,
        preferred_username: name,
        groups,
      }),
    };
  },
});
createServer(provider.callback()).listen(Number(port), '127.0.0.1', () => console.log('listening'));
