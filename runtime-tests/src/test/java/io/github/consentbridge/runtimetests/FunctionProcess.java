package io.github.consentbridge.runtimetests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One execution environment: a process with a function and Lambda's real runtime client, and with the class path and
 * the variables of the {@code java25} runtime.
 *
 * @see <a href="https://github.com/aws/aws-lambda-java-libs">Runtime interface client</a>
 */
public final class FunctionProcess implements AutoCloseable {
    private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
    private static final Duration MAX_WAIT = Duration.ofSeconds(60);

    private final RuntimeApi api;
    private final Process process;
    private final Path log;

    private FunctionProcess(RuntimeApi api, Process process, Path log) {
        this.api = api;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts the function.
     *
     * @param runtime the folder of the runtime client's jars
     * @param java the home of the Java that runs it
     * @param variables the variables that the template sets
     */
    public static FunctionProcess start(FunctionJar function, Path runtime, Path java, Map<String, String> variables) {
        try {
            RuntimeApi api = RuntimeApi.start();
            Path log = Files.createTempFile("function", ".log");
            ProcessBuilder builder = new ProcessBuilder(command(function, runtime, java))
                    .directory(function.taskRoot().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().clear();
            builder.environment().putAll(ofLambda(function, api));
            builder.environment().putAll(variables);
            return new FunctionProcess(api, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(FunctionJar function, Path runtime, Path java) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(java.resolve("bin/java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m"));
        command.add(NativeClient.option(runtime));
        command.addAll(List.of("-cp", runtime.toAbsolutePath() + "/*", CLIENT, function.handler()));
        return command;
    }

    private static Map<String, String> ofLambda(FunctionJar function, RuntimeApi api) {
        return Map.ofEntries(
                Map.entry("AWS_LAMBDA_RUNTIME_API", api.address()),
                Map.entry(
                        "LAMBDA_TASK_ROOT", function.taskRoot().toAbsolutePath().toString()),
                Map.entry("_HANDLER", function.handler()),
                Map.entry("AWS_LAMBDA_FUNCTION_NAME", "f"),
                Map.entry("AWS_LAMBDA_FUNCTION_VERSION", "1"),
                Map.entry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024"),
                Map.entry("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/f"),
                Map.entry("AWS_LAMBDA_LOG_STREAM_NAME", "2026/11/26/[1]0123456789abcdef"),
                Map.entry("AWS_REGION", "eu-west-1"),
                Map.entry("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"),
                Map.entry("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
                Map.entry("AWS_SESSION_TOKEN", "session"),
                Map.entry("LANG", "en_US.UTF-8"),
                Map.entry("TZ", ":UTC"));
    }

    /**
     * Invokes the function with an event and waits for the outcome. If the process ends instead, the failure contains
     * its log.
     */
    public Outcome invoke(String event) {
        return outcome(api.invoke(event, MAX_WAIT));
    }

    /** The same, with less time for the function. */
    public Outcome invoke(String event, Duration time) {
        return outcome(api.invoke(event, time));
    }

    /** The error that the function reports instead of requesting an event. */
    public Outcome initError() {
        return outcome(api.broken());
    }

    /** Waits until the process requests to be restored. */
    public void awaitRestore() {
        outcome(api.restored());
    }

    private <T> T outcome(CompletableFuture<T> expected) {
        CompletableFuture<Object> ended =
                CompletableFuture.anyOf(expected, api.broken(), process.onExit().thenApply(FunctionProcess::settled));
        try {
            ended.get(MAX_WAIT.toSeconds(), TimeUnit.SECONDS);
            return expected.get(1, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("the function gave no outcome; its log:\n" + log(), e);
        }
    }

    private static Process settled(Process process) {
        return process;
    }

    /** The process's CPU time in milliseconds, which does not include other programs. */
    public double cpu() {
        return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e6;
    }

    /** The process's output so far. */
    public String log() {
        try {
            return Files.readString(log, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        api.close();
        try {
            process.waitFor();
            Files.deleteIfExists(log);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
