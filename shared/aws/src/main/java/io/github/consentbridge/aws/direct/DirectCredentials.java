package io.github.consentbridge.aws.direct;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.consentbridge.aws.SecretAnswer;
import io.github.consentbridge.aws.SecretsManagerCredentials;
import io.github.consentbridge.sync.credentials.BridgeSecret;
import io.github.consentbridge.sync.credentials.CachedCredentials;
import io.github.consentbridge.sync.credentials.CredentialsException;
import io.github.consentbridge.sync.logging.OutcomeLog;
import java.time.Clock;
import java.util.Base64;
import java.util.function.Supplier;

/** Reads the secret in Secrets Manager as {@link SecretsManagerCredentials} does, but without the SDK. */
final class DirectCredentials extends CachedCredentials {
    private final AwsService secretsManager;
    private final SecretAnswer answer;
    private final String secretId;

    DirectCredentials(AwsService secretsManager, String secretId, Clock clock, Supplier<OutcomeLog> outcomeLog) {
        super(clock, outcomeLog);
        this.secretsManager = secretsManager;
        this.secretId = secretId;
        this.answer = new SecretAnswer(secretId);
    }

    @Override
    protected BridgeSecret read() {
        try {
            return answer.read(bytes(secretsManager.call(
                    "secretsmanager.GetSecretValue",
                    JsonNodeFactory.instance.objectNode().put("SecretId", secretId))));
        } catch (AwsCallException e) {
            throw new CredentialsException(answer.reason(e.code(), String.valueOf(e.getMessage())), e);
        }
    }

    private byte[] bytes(JsonNode value) {
        if (value.path("SecretString").isTextual()) {
            return value.path("SecretString").textValue().getBytes(UTF_8);
        }
        if (value.path("SecretBinary").isTextual()) {
            return Base64.getDecoder().decode(value.path("SecretBinary").textValue());
        }
        throw answer.empty();
    }
}
