package io.github.consentbridge.connectors.entra;

import com.microsoft.aad.msal4j.MsalThrottlingException;
import io.github.consentbridge.connectors.dataverse.api.DataverseException;
import io.github.consentbridge.connectors.http.RemoteException.Kind;
import io.github.consentbridge.connectors.http.RemoteFailure;
import io.github.consentbridge.connectors.http.RemoteResponse;
import io.github.consentbridge.connectors.http.Unreachable;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Interprets msal4j's exceptions. Entra's own texts are not passed on; its AADSTS number is enough to look up the
 * error.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/reference-error-codes">Error codes</a>
 */
final class EntraFailures {
    private static final Pattern NUMBER = Pattern.compile("(AADSTS\\d{1,10})\\b");
    private static final Pattern ERROR = Pattern.compile("\"error\"\\s*:\\s*\"([a-z_]{1,64})\"");
    private static final Map<String, String> ADVICE = Map.of(
            "AADSTS7000215", "the client secret is wrong: check client_secret (its value, not its id)",
            "AADSTS7000222", "the client secret has expired: create a new one in the app registration",
            "AADSTS700016", "the application is not in this tenant: check client_id and tenant_id",
            "AADSTS90002", "the tenant does not exist: check tenant_id",
            "AADSTS900023", "the tenant is not a GUID or domain name: check tenant_id",
            "AADSTS500011", "this tenant has no such Dataverse environment: check instance and tenant_id",
            "AADSTS7000112", "the application is disabled: enable it in Entra ID",
            "invalid_client", "the client secret is wrong: check client_id and client_secret",
            "unauthorized_client", "the application may not request tokens here: check client_id and tenant_id");

    private EntraFailures() {}

    /**
     * Converts a failure to get a token.
     *
     * @param answer Entra's answer to this attempt, of which msal4j passes on only a part; null if there was none
     * @param address where the request was sent; null if none was
     */
    static DataverseException from(Throwable cause, @Nullable RemoteResponse answer, @Nullable URI address) {
        if (cause instanceof MsalThrottlingException throttled) {
            RemoteFailure failure = new RemoteFailure(
                    Kind.THROTTLED, 429, "throttled_request", "", Duration.ofMillis(throttled.retryInMs()));
            return new DataverseException(failure, "Entra ID asked us to wait before the next token request");
        }
        if (answer != null && !answer.isSuccess()) {
            return refused(answer);
        }
        RemoteFailure failure = RemoteFailure.withoutAnswer(Kind.UNAVAILABLE, "network");
        return new DataverseException(
                failure,
                address == null || answer != null
                        ? "Entra ID gave no readable answer: check ENTRA_LOGIN_URL"
                        : Unreachable.sentence("Entra ID", address, "ENTRA_LOGIN_URL", cause));
    }

    static DataverseException noToken() {
        RemoteFailure failure = RemoteFailure.withoutAnswer(Kind.UNAVAILABLE, "unreadable_answer");
        return new DataverseException(failure, "Entra ID's answer contains no token");
    }

    private static DataverseException refused(RemoteResponse answer) {
        String error = first(ERROR, answer.text());
        String number = first(NUMBER, answer.text());
        String code = number.isEmpty() ? error : number;
        String advice = ADVICE.getOrDefault(number, ADVICE.getOrDefault(error, ""));
        RemoteFailure answered = answer.failure(code, answer.header("x-ms-request-id"));
        boolean retryable =
                advice.isEmpty() && (answered.kind() == Kind.THROTTLED || answered.kind() == Kind.UNAVAILABLE);
        // Status 0 on a refusal: the configuration is wrong, not a single request.
        RemoteFailure failure =
                retryable ? answered : new RemoteFailure(Kind.PERMANENT, 0, code, answered.requestId(), null);
        String fields = "Entra ID gave no token (" + (answer.status() + " " + code).strip() + ")";
        return new DataverseException(failure, advice.isEmpty() ? fields : fields + ": " + advice);
    }

    private static String first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? found.group(1) : "";
    }
}
