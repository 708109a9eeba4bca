package io.github.consentbridge.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.consentbridge.mapping.json.JsonTree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Answers as Secrets Manager with one secret and as an SQS that takes every message. Nothing leaves the process. */
record PrimingAnswers(String secret) implements SdkHttpClient {
    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                byte[] answer = answer(request).getBytes(UTF_8);
                return HttpExecuteResponse.builder()
                        .response(SdkHttpResponse.builder().statusCode(200).build())
                        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer)))
                        .build();
            }

            @Override
            public void abort() {
                // It takes no time.
            }
        };
    }

    private String answer(HttpExecuteRequest request) throws IOException {
        byte[] body = request.contentStreamProvider().orElseThrow().newStream().readAllBytes();
        String message = JsonTree.read(body).path("MessageBody").asText();
        return JsonTree.write(JsonNodeFactory.instance
                .objectNode()
                .put("SecretString", secret)
                .put("MessageId", "priming")
                .put("MD5OfMessageBody", md5(message)));
    }

    private static String md5(String text) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
