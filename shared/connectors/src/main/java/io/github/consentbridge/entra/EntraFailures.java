package io.github.consentbridge.entra;

import com.microsoft.aad.msal4j.MsalServiceException;
import com.microsoft.aad.msal4j.MsalThrottlingException;
import io.github.consentbridge.dataverse.DataverseException;
import io.github.consentbridge.remote.RemoteException.Kind;
import io.github.consentbridge.remote.RemoteFailure;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What msal4j's exceptions mean. Entra's own texts are not passed on; its AADSTS number is what one searches for.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/reference-error-codes">Error codes</a>
 */
final class EntraFailures {
    private static final Pattern NUMBER = Pattern.compile("AADSTS\\d+");
    private static final Map<String, String> ADVICE = Map.of(
            "AADSTS7000215", "the client secret is wrong: check client_secret (its value, not its id)",
            "AADSTS7000222", "the client secret has expired: make a new one in the app registration",
            "AADSTS700016", "the application is not in this tenant: check client_id and tenant_id",
            "AADSTS90002", "the tenant does not exist: check tenant_id",
            "AADSTS900023", "the tenant is not a GUID or domain name: check tenant_id",
            "AADSTS500011", "there is no such Dataverse environment in this tenant: check instance and tenant_id",
            "AADSTS7000112", "the application is disabled: enable it in Entra ID",
            "invalid_client", "the client secret is wrong: check client_id and client_secret",
            "unauthorized_client", "the application may not ask for tokens here: check client_id and tenant_id");

    private EntraFailures() {}

    static DataverseException from(Throwable cause) {
        if (cause instanceof MsalThrottlingException throttled) {
            RemoteFailure failure = new RemoteFailure(
                    Kind.THROTTLED, 429, "throttled_request", "", Duration.ofMillis(throttled.retryInMs()));
            return new DataverseException(failure, "Entra ID has asked us to wait before the next token");
        }
        if (cause instanceof MsalServiceException service && service.statusCode() != null) {
            return fromService(service, service.statusCode());
        }
        RemoteFailure failure = RemoteFailure.withoutAnswer(Kind.UNAVAILABLE, "network");
        return new DataverseException(
                failure, "Entra ID could not be reached or gave no readable answer: " + rootOf(cause));
    }

    private static DataverseException fromService(MsalServiceException service, int status) {
        String number = numberIn(service.getMessage());
        String code = number.isEmpty() ? String.valueOf(service.errorCode()) : number;
        String advice = ADVICE.getOrDefault(number, ADVICE.getOrDefault(String.valueOf(service.errorCode()), ""));
        Kind kind = kindOf(status, advice);
        // Status 0 on a refusal: not a request but the configuration is at fault.
        int told = kind == Kind.PERMANENT ? 0 : status;
        RemoteFailure failure =
                new RemoteFailure(kind, told, code, String.valueOf(service.correlationId()), retryAfter(service));
        return new DataverseException(
                failure,
                "Entra ID gave no token (" + status + " " + code + ")" + (advice.isEmpty() ? "" : ": " + advice));
    }

    private static Kind kindOf(int status, String advice) {
        if (!advice.isEmpty()) {
            return Kind.PERMANENT;
        }
        if (status == 429) {
            return Kind.THROTTLED;
        }
        return status == 408 || status >= 500 || status / 100 == 2 ? Kind.UNAVAILABLE : Kind.PERMANENT;
    }

    private static @Nullable Duration retryAfter(MsalServiceException service) {
        if (service.headers() == null || !service.headers().containsKey("Retry-After")) {
            return null;
        }
        String seconds = service.headers().get("Retry-After").get(0);
        return seconds.matches("\\d{1,5}") ? Duration.ofSeconds(Long.parseLong(seconds)) : null;
    }

    private static String numberIn(@Nullable String message) {
        Matcher number = NUMBER.matcher(message == null ? "" : message);
        return number.find() ? number.group() : "";
    }

    private static String rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName();
    }
}
