package io.github.consentbridge.simulators.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Tokens in the form of a JWT. Only their issuer checks them, so the signature is a placeholder. */
public final class Jwt {
    private Jwt() {}

    public static String of(ObjectNode claims, String signature) {
        String head = "{\"typ\":\"JWT\",\"alg\":\"RS256\"}";
        return encode(head.getBytes(StandardCharsets.UTF_8)) + "." + encode(Json.bytes(claims)) + "."
                + encode(signature.getBytes(StandardCharsets.UTF_8));
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
