package io.github.consentbridge.aws.direct;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.sync.credentials.Hmac;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Signs POST requests without a query, which is all that these services need.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">Signature
 *     Version 4</a>
 */
final class CallSignature {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String END = "aws4_request";

    private final RoleKeys keys;
    private final String region;
    private final String service;

    CallSignature(RoleKeys keys, String region, String service) {
        this.keys = keys;
        this.region = region;
        this.service = service;
    }

    /**
     * The headers to send. {@code host} is signed too, but the HTTP client sends it.
     *
     * @param headers the other headers, names in lower case, values without surrounding blanks
     */
    SortedMap<String, String> sign(URI url, Map<String, String> headers, byte[] body, Instant now) {
        SortedMap<String, String> signed = new TreeMap<>(headers);
        String time =
                now.truncatedTo(ChronoUnit.SECONDS).toString().replace("-", "").replace(":", "");
        signed.put("host", url.getRawAuthority());
        signed.put("x-amz-date", time);
        keys.token().ifPresent(token -> signed.put("x-amz-security-token", token.value()));
        signed.put("authorization", authorization(url, signed, body, time));
        signed.remove("host");
        return signed;
    }

    private String authorization(URI url, SortedMap<String, String> headers, byte[] body, String time) {
        String date = time.substring(0, time.indexOf('T'));
        String scope = String.join("/", date, region, service, END);
        String names = String.join(";", headers.keySet());
        String canonical = String.join("\n", "POST", path(url), "", lines(headers), names, hash(body));
        String toSign = String.join("\n", ALGORITHM, time, scope, hash(canonical.getBytes(UTF_8)));
        String signature = HexFormat.of().formatHex(mac(key(date), toSign));
        return ALGORITHM + " Credential=" + keys.id() + "/" + scope + ", SignedHeaders=" + names + ", Signature="
                + signature;
    }

    private static String path(URI url) {
        return url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    }

    /** Each header ends with a line break, so that an empty line follows them. */
    private static String lines(SortedMap<String, String> headers) {
        return headers.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                .collect(Collectors.joining());
    }

    private byte[] key(String date) {
        byte[] key = ("AWS4" + keys.secret().value()).getBytes(UTF_8);
        return mac(mac(mac(mac(key, date), region), service), END);
    }

    private static byte[] mac(byte[] key, String text) {
        return Hmac.sha256(key).doFinal(text.getBytes(UTF_8));
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
