package io.github.consentbridge.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.consentbridge.sync.credentials.CredentialsContract;
import io.github.consentbridge.sync.credentials.CredentialsException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/** The contract of credentials, and their messages, with a secret in LocalStack's Secrets Manager. */
public abstract class StoredSecretContract extends CredentialsContract {
    final SecretsManagerClient secretsManager = LocalStack.secretsManager();
    public final String secretId = "acme/" + UUID.randomUUID();

    @Override
    protected void write(String json) {
        try {
            secretsManager.putSecretValue(request -> request.secretId(secretId).secretString(json));
        } catch (ResourceNotFoundException e) {
            secretsManager.createSecret(request -> request.name(secretId).secretString(json));
        }
    }

    @Override
    protected void breakReading() {
        secretsManager.deleteSecret(request -> request.secretId(secretId));
    }

    @Test
    void secretMayBeBytes() {
        SdkBytes bytes = SdkBytes.fromUtf8String("{\"didomi\": {\"key\": \"clé\", \"secret\": \"s\"}}");
        secretsManager.createSecret(request -> request.name(secretId).secretBinary(bytes));

        assertThat(credentials().current().didomi().orElseThrow().key().value()).isEqualTo("clé");
    }

    @Test
    void missingSecretIsNamed() {
        assertThatThrownBy(() -> credentials().current())
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining(secretId)
                .hasMessageContaining("BRIDGE_SECRET_ID");
    }

    @Test
    void deletedSecretNamesTheRemedy() {
        write("{}");
        secretsManager.deleteSecret(request -> request.secretId(secretId));

        assertThatThrownBy(() -> credentials().current())
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining("restore it");
    }
}
