package io.github.consentbridge.aws.direct;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.mapping.json.JsonTree;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Signs each call with made-up keys and returns a fixed answer. Nothing leaves the process. */
final class PrimingCalls implements AwsService {
    private static final RoleKeys KEYS = new RoleKeys("priming", Secret.of("priming"), Optional.empty(), Instant.MAX);

    private final JsonNode answer;

    PrimingCalls(JsonNode answer) {
        this.answer = answer;
    }

    @Override
    public JsonNode call(String target, JsonNode request) {
        byte[] body = JsonTree.write(request).getBytes(UTF_8);
        new CallSignature(KEYS, "priming", "priming")
                .sign(URI.create("https://priming/"), Map.of("x-amz-target", target), body, Instant.EPOCH);
        return answer;
    }
}
