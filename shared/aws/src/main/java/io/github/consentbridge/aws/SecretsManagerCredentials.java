package io.github.consentbridge.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.credentials.BridgeSecret;
import io.github.consentbridge.credentials.CachedCredentials;
import io.github.consentbridge.credentials.Credentials;
import io.github.consentbridge.credentials.CredentialsException;
import io.github.consentbridge.credentials.SecretReader;
import io.github.consentbridge.mapping.ConfigurationException;
import java.time.Clock;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/**
 * The secret in Secrets Manager, as text or as bytes; its current version. Asked for when it is first needed, again when
 * it is five minutes old, and when somebody asks for it as it stands now.
 *
 * @see <a href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html">GetSecretValue</a>
 */
public final class SecretsManagerCredentials implements Credentials {
    private final Supplier<SecretsManagerClient> client;
    private final String secretId;
    private final Credentials cached;

    /**
     * Asks nothing yet.
     *
     * @param client builds the client, or gives the one that there is; called for each read of the secret
     * @param secretId name or ARN
     */
    public SecretsManagerCredentials(Supplier<SecretsManagerClient> client, String secretId, Clock clock) {
        this.client = client;
        this.secretId = secretId;
        this.cached = new CachedCredentials(this::read, clock);
    }

    @Override
    public BridgeSecret current() {
        return cached.current();
    }

    @Override
    public BridgeSecret refreshed() {
        return cached.refreshed();
    }

    private BridgeSecret read() {
        try {
            return SecretReader.read(bytes(client.get().getSecretValue(request -> request.secretId(secretId))));
        } catch (ConfigurationException e) {
            throw new CredentialsException("the secret " + secretId + " cannot be used:\n" + e.getMessage(), e);
        } catch (AwsServiceException e) {
            throw new CredentialsException(reason(e), e);
        } catch (SdkException e) {
            // Not as the cause: where an answer cannot be read, the SDK's parser may quote it.
            throw new CredentialsException("Secrets Manager cannot be reached or read (%s, %s)"
                    .formatted(AwsFailure.reason(e), e.getClass().getSimpleName()));
        }
    }

    private byte[] bytes(GetSecretValueResponse answer) {
        if (answer.secretString() != null) {
            return answer.secretString().getBytes(UTF_8);
        }
        if (answer.secretBinary() != null) {
            return answer.secretBinary().asByteArray();
        }
        throw new CredentialsException("the secret " + secretId + " has no value: put one");
    }

    private String reason(AwsServiceException failure) {
        return switch (AwsFailure.code(failure)) {
            case "ResourceNotFoundException" ->
                "there is no secret " + secretId
                        + " with a current value: check BRIDGE_SECRET_ID and the region, and put a value";
            case "AccessDeniedException" ->
                "the secret " + secretId
                        + " may not be read: allow secretsmanager:GetSecretValue on it, and kms:Decrypt on its key";
            case "DecryptionFailure", "DecryptionFailureException" ->
                "the secret " + secretId + " cannot be decrypted: enable its key, and allow kms:Decrypt on it";
            case "InvalidRequestException" ->
                "the secret " + secretId + " is being deleted: restore it, or name another one in BRIDGE_SECRET_ID";
            default ->
                "Secrets Manager does not give the secret " + secretId + " now (" + AwsFailure.reason(failure)
                        + "): try again";
        };
    }
}
