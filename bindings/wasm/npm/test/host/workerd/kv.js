// What workerd's own KV binding talks to. The binding is the real one; behind it is a map, not Cloudflare:
// this shows that the calls are right, and nothing of how late others see a write.

const values = new Map();

export default {
  async fetch(request) {
    const url = new URL(request.url);
    if (request.method === "GET") {
      const value = values.get(url.pathname);
      return value === undefined ? new Response(null, { status: 404 }) : new Response(value);
    }
    const ttl = Number(url.searchParams.get("expiration_ttl"));
    if (!Number.isInteger(ttl) || ttl < 60) return new Response("Invalid expiration_ttl", { status: 400 });
    values.set(url.pathname, await request.text());
    return new Response();
  },
};
