package io.github.consentbridge.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.sync.credentials.BridgeSecret;
import io.github.consentbridge.sync.credentials.CachedCredentials;
import io.github.consentbridge.sync.credentials.CredentialsException;
import io.github.consentbridge.sync.logging.OutcomeLog;
import java.time.Clock;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/**
 * The current version of the secret in Secrets Manager, as text or bytes. It is read on first use, after five minutes,
 * and when a caller requires a fresh value.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html">GetSecretValue</a>
 */
public final class SecretsManagerCredentials extends CachedCredentials {
    private final Supplier<SecretsManagerClient> client;
    private final String secretId;
    private final SecretAnswer answer;

    /**
     * Reads nothing yet.
     *
     * @param client returns the client, building it on first use; called for each read of the secret
     * @param secretId name or ARN
     * @param outcomeLog told when the secret cannot be read again
     */
    public SecretsManagerCredentials(
            Supplier<SecretsManagerClient> client, String secretId, Clock clock, Supplier<OutcomeLog> outcomeLog) {
        super(clock, outcomeLog);
        this.client = client;
        this.secretId = secretId;
        this.answer = new SecretAnswer(secretId);
    }

    @Override
    protected BridgeSecret read() {
        try {
            return answer.read(bytes(client.get().getSecretValue(request -> request.secretId(secretId))));
        } catch (AwsServiceException e) {
            throw new CredentialsException(answer.reason(AwsFailure.code(e), AwsFailure.reason(e)), e);
        } catch (SdkException e) {
            // Not as the cause: the SDK's parser may quote an unreadable answer.
            throw new CredentialsException("Secrets Manager cannot be reached or read (%s, %s)"
                    .formatted(AwsFailure.reason(e), e.getClass().getSimpleName()));
        }
    }

    private byte[] bytes(GetSecretValueResponse value) {
        if (value.secretString() != null) {
            return value.secretString().getBytes(UTF_8);
        }
        if (value.secretBinary() != null) {
            return value.secretBinary().asByteArray();
        }
        throw answer.empty();
    }
}
