package io.github.consentbridge.simulators.entra;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.simulators.http.Call;
import io.github.consentbridge.simulators.http.Ids;
import io.github.consentbridge.simulators.http.Json;
import io.github.consentbridge.simulators.http.Jwt;
import io.github.consentbridge.simulators.http.Reply;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.simulators.http.Service;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The token endpoint and the two discovery documents. */
final class TokenRoutes implements Service {
    private static final Pattern TOKEN = Pattern.compile("/([^/]+)/oauth2/v2\\.0/token");
    private static final Pattern CONFIGURATION = Pattern.compile("/([^/]+)/v2\\.0/\\.well-known/openid-configuration");
    private static final Pattern HTTPS_SCOPE = Pattern.compile("(https://[a-z0-9.-]+)/\\.default");
    private static final Pattern LOOPBACK_SCOPE =
            Pattern.compile("(http://(?:127\\.0\\.0\\.1|localhost)(?::[0-9]+)?)/\\.default");

    private final Clock clock;
    private final String tenant;
    private final Map<String, String> secrets;
    private final IssuedTokens tokens;
    private final URI url;
    private final Ids ids = new Ids(2);
    private volatile Duration lifetime = Duration.ofSeconds(3599);

    TokenRoutes(Clock clock, String tenant, Map<String, String> secrets, IssuedTokens tokens, URI url) {
        this.clock = clock;
        this.tenant = tenant;
        this.secrets = secrets;
        this.tokens = tokens;
        this.url = url;
    }

    void tokenLifetime(Duration changed) {
        lifetime = changed;
    }

    @Override
    public RouteKind kind(Call call) {
        String path = call.rawPath();
        if (TOKEN.matcher(path).matches()) {
            return RouteKind.TOKEN;
        }
        boolean discovery = path.equals("/common/discovery/instance")
                || CONFIGURATION.matcher(path).matches();
        return discovery ? RouteKind.DISCOVERY : RouteKind.UNKNOWN;
    }

    @Override
    public Reply answer(Call call) {
        try {
            return switch (kind(call)) {
                case TOKEN -> token(call);
                case DISCOVERY -> discovery(call);
                default -> Reply.text(404, "text/html", "<html><body>404 - File or directory not found.</body></html>");
            };
        } catch (EntraError e) {
            return e.reply(clock.instant(), ids.next(), ids.next(), url);
        }
    }

    @Override
    public Reply error(int status) {
        return new EntraError(
                        status, "temporarily_unavailable", 90033, "A transient error has occurred. Please try again.")
                .reply(clock.instant(), ids.next(), ids.next(), url);
    }

    private Reply token(Call call) {
        Matcher path = TOKEN.matcher(call.rawPath());
        if (!call.is("POST") || !path.matches()) {
            throw new EntraError(
                    400, "invalid_request", 900561, "The endpoint only accepts POST requests. Received a GET request.");
        } else if (!path.group(1).equals(tenant)) {
            throw new EntraError(
                    400,
                    "invalid_request",
                    90002,
                    "Tenant '" + path.group(1)
                            + "' not found. Check to make sure you have the correct tenant ID and are"
                            + " signing into the correct cloud.");
        }
        Map<String, String> form = form(call);
        String grant = required(form, "grant_type");
        if (!grant.equals("client_credentials")) {
            throw new EntraError(
                    400,
                    "unsupported_grant_type",
                    70003,
                    "The app requested an unsupported grant type '" + grant + "'.");
        }
        checkClient(required(form, "client_id"), form);
        return issue(form.getOrDefault("client_id", ""), audience(required(form, "scope")));
    }

    private static Map<String, String> form(Call call) {
        String type = call.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (!type.startsWith("application/x-www-form-urlencoded")) {
            throw missing("grant_type");
        }
        try {
            Map<String, String> form = new LinkedHashMap<>(Call.form(call.bodyText()));
            call.header("Authorization")
                    .filter(header -> header.startsWith("Basic "))
                    .ifPresent(header -> addBasic(header.substring(6), form));
            return form;
        } catch (IllegalArgumentException e) {
            throw new EntraError(400, "invalid_request", 90014, "The request body is malformed.");
        }
    }

    private static void addBasic(String encoded, Map<String, String> form) {
        String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        int colon = pair.indexOf(':');
        form.putIfAbsent("client_id", Call.decode(pair.substring(0, Math.max(colon, 0))));
        form.putIfAbsent("client_secret", Call.decode(pair.substring(colon + 1)));
    }

    private void checkClient(String clientId, Map<String, String> form) {
        String secret = secrets.get(clientId);
        if (secret == null) {
            throw new EntraError(
                    400,
                    "unauthorized_client",
                    700016,
                    "Application with identifier '" + clientId + "' was not found in the directory '" + tenant + "'.");
        } else if (!form.containsKey("client_secret")) {
            throw new EntraError(
                    401,
                    "invalid_client",
                    7000218,
                    "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.");
        } else if (!secret.equals(form.get("client_secret"))) {
            throw new EntraError(
                    401,
                    "invalid_client",
                    7000215,
                    "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value,"
                            + " not the client secret ID, for a secret added to app '" + clientId + "'.");
        }
    }

    private static String audience(String scopes) {
        // Client libraries add these scopes to every request; they have no effect here.
        String scope = Pattern.compile(" ")
                .splitAsStream(scopes)
                .filter(word -> !word.isEmpty()
                        && !java.util.Set.of("openid", "profile", "offline_access")
                                .contains(word))
                .reduce((one, other) -> one + " " + other)
                .orElse("");
        for (Pattern pattern : new Pattern[] {HTTPS_SCOPE, LOOPBACK_SCOPE}) {
            Matcher matcher = pattern.matcher(scope);
            if (matcher.matches()) {
                return matcher.group(1);
            }
        }
        throw new EntraError(
                400,
                "invalid_scope",
                1002012,
                "The provided value for scope " + scope
                        + " is not valid. Client credential flows must have a scope value"
                        + " with /.default suffixed to the resource identifier (application ID URI).");
    }

    private Reply issue(String clientId, String audience) {
        Instant now = clock.instant();
        Instant expiry = now.plus(lifetime);
        ObjectNode claims = Json.object();
        claims.put("aud", audience);
        claims.put("iss", "https://sts.windows.net/" + tenant + "/");
        claims.put("iat", now.getEpochSecond());
        claims.put("nbf", now.getEpochSecond());
        claims.put("exp", expiry.getEpochSecond());
        claims.put("appid", clientId);
        claims.put("tid", tenant);
        String token = Jwt.of(claims, ids.next().toString());
        tokens.add(token, audience, expiry);
        ObjectNode body = Json.object();
        body.put("token_type", "Bearer");
        body.put("expires_in", lifetime.toSeconds());
        body.put("ext_expires_in", lifetime.toSeconds());
        body.put("access_token", token);
        return Reply.json(200, body).with("Cache-Control", "no-store, no-cache");
    }

    private Reply discovery(Call call) {
        ObjectNode body = Json.object();
        Matcher path = CONFIGURATION.matcher(call.rawPath());
        if (path.matches()) {
            body.put("token_endpoint", url + "/" + path.group(1) + "/oauth2/v2.0/token");
            body.put("authorization_endpoint", url + "/" + path.group(1) + "/oauth2/v2.0/authorize");
            body.put("issuer", url + "/" + path.group(1) + "/v2.0");
            return Reply.json(200, body);
        }
        body.put("tenant_discovery_endpoint", url + "/" + tenant + "/v2.0/.well-known/openid-configuration");
        body.put("api-version", "1.1");
        ObjectNode cloud = body.putArray("metadata").addObject();
        cloud.put("preferred_network", "login.microsoftonline.com");
        cloud.put("preferred_cache", "login.windows.net");
        cloud.putArray("aliases")
                .add("login.microsoftonline.com")
                .add("login.windows.net")
                .add(url.getAuthority());
        return Reply.json(200, body);
    }

    private static String required(Map<String, String> form, String name) {
        String value = form.get(name);
        if (value == null || value.isEmpty()) {
            throw missing(name);
        }
        return value;
    }

    private static EntraError missing(String name) {
        return new EntraError(
                400,
                "invalid_request",
                900144,
                "The request body must contain the following parameter: '" + name + "'.");
    }
}
