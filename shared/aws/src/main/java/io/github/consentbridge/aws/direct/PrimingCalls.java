package io.github.consentbridge.aws.direct;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.mapping.json.JsonTree;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Answers each call by itself, always in the same way, after signing it with keys of nobody. Nothing leaves the process. */
final class PrimingCalls implements AwsService {
    private static final RoleKeys NOBODY =
            new RoleKeys("rehearsal", Secret.of("rehearsal"), Optional.empty(), Instant.MAX);

    private final JsonNode answer;

    PrimingCalls(JsonNode answer) {
        this.answer = answer;
    }

    @Override
    public JsonNode call(String target, JsonNode request) {
        byte[] body = JsonTree.write(request).getBytes(UTF_8);
        new CallSignature(NOBODY, "rehearsal", "rehearsal")
                .sign(URI.create("https://rehearsal/"), Map.of("x-amz-target", target), body, Instant.EPOCH);
        return answer;
    }
}
