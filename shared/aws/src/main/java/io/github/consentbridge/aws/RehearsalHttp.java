package io.github.consentbridge.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Answers each call of AWS by itself, always in the same way. Nothing leaves the process. */
final class RehearsalHttp implements SdkHttpClient {
    private final byte[] answer;

    RehearsalHttp(String answer) {
        this.answer = answer.getBytes(UTF_8);
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() {
                return answered();
            }

            @Override
            public void abort() {}
        };
    }

    private HttpExecuteResponse answered() {
        InputStream body = new ByteArrayInputStream(answer);
        return HttpExecuteResponse.builder()
                .response(SdkHttpResponse.builder()
                        .statusCode(200)
                        .putHeader("Content-Type", "application/x-amz-json-1.1")
                        .putHeader("Content-Length", Integer.toString(answer.length))
                        .build())
                .responseBody(AbortableInputStream.create(body))
                .build();
    }

    @Override
    public void close() {}
}
