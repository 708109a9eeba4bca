package io.github.consentbridge.aws.direct;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.consentbridge.aws.ScriptedAws;
import io.github.consentbridge.aws.ScriptedAws.Answer;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.credentials.CredentialsContract;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** A webhook function's way to read the secret, with a Secrets Manager that fails when it is told to. */
class DirectCredentialsTest extends CredentialsContract {
    private Answer answer = new Answer(200, "{}");
    private final ScriptedAws aws = new ScriptedAws((action, request) -> answer);
    private final RoleKeySource keys =
            new RoleKeySource(Map.of("AWS_ACCESS_KEY_ID", "test", "AWS_SECRET_ACCESS_KEY", "test"), clock);
    private final Credentials credentials = new DirectCredentials(
            new AwsCalls(
                    new AwsCalls.Address(
                            "secretsmanager", "eu-west-1", URI.create(aws.url() + "/"), "application/x-amz-json-1.1"),
                    keys,
                    clock,
                    time -> {}),
            "acme/bridge",
            clock,
            () -> outcomeLog);

    @AfterEach
    void close() {
        aws.close();
    }

    @Override
    protected Credentials credentials() {
        return credentials;
    }

    @Override
    protected void write(String json) {
        answer = new Answer(
                200,
                JsonNodeFactory.instance.objectNode().put("SecretString", json).toString());
    }

    @Override
    protected void breakReading() {
        answer = Answer.error(400, "ThrottlingException");
    }
}
