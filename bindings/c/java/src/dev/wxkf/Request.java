package dev.wxkf;

/**
 * A call to send. The token is not in it: add {@code access_token=…} to the query last.
 *
 * @param endpoint the name of the call
 * @param method {@code GET} or {@code POST}
 * @param path without the host
 * @param query without the token
 * @param contentType null if there is no body
 * @param auth which token it needs
 * @param caution what to mind before it is sent again, or null
 * @param body the bytes, none if there is no body
 */
public record Request(String endpoint, String method, String path, String query, String contentType, String auth,
        String caution, byte[] body) {}
