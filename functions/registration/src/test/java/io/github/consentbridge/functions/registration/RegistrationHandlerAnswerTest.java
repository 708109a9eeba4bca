package io.github.consentbridge.functions.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.aws.cloudformation.UndeliveredAnswerException;
import io.github.consentbridge.sync.credentials.CredentialsException;
import io.github.consentbridge.sync.registration.RegistrationReport;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The answers to CloudFormation, delivered and undelivered. */
class RegistrationHandlerAnswerTest {
    private final Stack stack;

    RegistrationHandlerAnswerTest() throws IOException {
        stack = new Stack();
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void answerNamesTheRequestAndHasNoContentType() throws Exception {
        JsonNode answer = stack.create();

        assertThat(answer.path("RequestId").asText()).isEqualTo("5d478078-13e9-baf0-464a-7ef285ecc786");
        assertThat(answer.path("StackId").asText()).startsWith("arn:aws:cloudformation:");
        assertThat(answer.path("LogicalResourceId").asText()).startsWith("RRR");
        // The URL is signed without a content type.
        assertThat(stack.cloudFormation.contentType).isNullOrEmpty();
    }

    @Test
    void answerContainsNoSecret() throws Exception {
        JsonNode answer = stack.create();

        assertThat(answer.toString())
                .doesNotContain(Stack.DYNAMICS_SECRET, stack.simulators.didomi().secret());
    }

    @Test
    void refusedAnswerIsSentAgain() throws Exception {
        stack.cloudFormation.refuse(503, 500);

        JsonNode answer = stack.create();

        assertThat(stack.cloudFormation.calls).isEqualTo(3);
        assertThat(answer.path("Status").asText()).isEqualTo("SUCCESS");
    }

    @Test
    void undeliveredAnswerIsLoggedAndFailsTheInvocation() {
        stack.cloudFormation.refuse(403, 403, 403);

        assertThatThrownBy(stack::create)
                .hasMessage("the answer could not be delivered to CloudFormation")
                .hasStackTraceContaining("java.io.IOException");
        assertThat(stack.log()).contains("answer not delivered").doesNotContain("X-Amz-Signature");
    }

    @Test
    void unreachableCloudFormationFailsTheInvocation() {
        stack.cloudFormation.close();

        assertThatThrownBy(stack::create).isInstanceOf(UndeliveredAnswerException.class);
    }

    @Test
    void longReasonFits() throws Exception {
        stack.registration = () -> {
            throw new CredentialsException("ünusable \"secret\"\n".repeat(500));
        };

        JsonNode answer = stack.create();

        assertThat(stack.cloudFormation.answers.get(0)).hasSizeLessThan(CloudFormation.MAX_BYTES);
        assertThat(answer.path("Reason").asText())
                .contains("ünusable \"secret\"; ünusable")
                .endsWith("…");
    }

    @Test
    void longReportIsCutAtALine() {
        List<String> many = Collections.nCopies(50, "Created the step \"für die Spalte\" in Dynamics.");

        Map<String, String> attributes = ReportAttributes.of(new RegistrationReport(many, many, many, many, many));

        assertThat(attributes.get("Report").lines().distinct())
                .containsExactly(many.get(0), "… and more: see the function's log.");
        assertThat(attributes.get("LeftToDo").lines()).endsWith("… and more: see the function's log.");
    }

    @Test
    void maximumReportFits() throws Exception {
        stack.properties.put("Url", "https://" + "a".repeat(63) + ".example.org/" + "p".repeat(300));

        JsonNode answer = stack.create();

        assertThat(answer.path("Status").asText()).isEqualTo("SUCCESS");
        assertThat(answer.at("/Data/Report").asText()).contains("Created");
        assertThat(stack.cloudFormation.answers.get(0)).hasSizeLessThan(CloudFormation.MAX_BYTES);
    }
}
