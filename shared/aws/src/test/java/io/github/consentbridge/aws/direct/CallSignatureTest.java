package io.github.consentbridge.aws.direct;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.connectors.http.Secret;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import software.amazon.awssdk.utils.StringInputStream;

class CallSignatureTest {
    private static final Instant NOW = Instant.parse("2015-08-30T12:36:00.500Z");
    private static final Secret KEY = Secret.of("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");

    /** {@code post-vanilla} of AWS's published test suite. */
    @Test
    void equalsThePublishedExample() {
        RoleKeys keys = new RoleKeys("AKIDEXAMPLE", KEY, Optional.empty(), Instant.MAX);

        SortedMap<String, String> signed = new CallSignature(keys, "us-east-1", "service")
                .sign(URI.create("https://example.amazonaws.com/"), Map.of(), new byte[0], NOW);

        assertThat(signed)
                .containsEntry(
                        "authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                                + " SignedHeaders=host;x-amz-date,"
                                + " Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://sqs.eu-west-1.amazonaws.com/", "http://127.0.0.1:4566/"})
    void equalsTheSdksSignature(String url) {
        String body = "{\"QueueUrl\":\"https://q\",\"MessageBody\":\"météo \\\"☂\\\"\"}";
        Map<String, String> headers = new HashMap<>(
                Map.of("content-type", "application/x-amz-json-1.0", "x-amz-target", "AmazonSQS.SendMessage"));
        RoleKeys keys = new RoleKeys("AKIDEXAMPLE", KEY, Optional.of(Secret.of("IQoJb3JpZ2luX2Vj//==")), Instant.MAX);

        SdkHttpRequest theirs = bySdk(url, headers, body);
        // The SDK also sends the body's hash, which these services do not require.
        headers.put(
                "x-amz-content-sha256",
                theirs.firstMatchingHeader("x-amz-content-sha256").orElseThrow());

        SortedMap<String, String> ours =
                new CallSignature(keys, "eu-west-1", "sqs").sign(URI.create(url), headers, body.getBytes(UTF_8), NOW);

        assertThat(theirs.firstMatchingHeader("Authorization")).hasValue(ours.get("authorization"));
        assertThat(theirs.firstMatchingHeader("X-Amz-Security-Token")).hasValue(ours.get("x-amz-security-token"));
        assertThat(theirs.firstMatchingHeader("X-Amz-Date")).hasValue(ours.get("x-amz-date"));
    }

    private static SdkHttpRequest bySdk(String url, Map<String, String> headers, String body) {
        SdkHttpRequest.Builder request =
                SdkHttpRequest.builder().method(SdkHttpMethod.POST).uri(URI.create(url));
        headers.forEach(request::putHeader);
        return AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(AwsSessionCredentialsIdentity.create(
                                "AKIDEXAMPLE", KEY.value(), "IQoJb3JpZ2luX2Vj//=="))
                        .request(request.build())
                        .payload(() -> new StringInputStream(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "sqs")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-west-1")
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(NOW, ZoneOffset.UTC)))
                .request();
    }

    @Test
    void containsNoSecret() {
        RoleKeys keys = new RoleKeys("AKIDEXAMPLE", KEY, Optional.of(KEY), Instant.MAX);

        assertThat(keys.toString()).doesNotContain(KEY.value());
    }
}
