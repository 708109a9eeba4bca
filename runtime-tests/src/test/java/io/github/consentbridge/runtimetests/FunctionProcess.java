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
import java.util.stream.Stream;

/**
 * One execution environment: a process with a function and Lambda's real runtime client, and with the class path and
 * the variables of the {@code java25} runtime.
 *
 * @see <a href="https://github.com/aws/aws-lambda-java-libs">Runtime interface client</a>
 */
public final class FunctionProcess implements AutoCloseable {
    private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
    private static final Duration MAX_WAIT = Duration.ofSeconds(60);

    /** Lambda sets it; without it {@code org.crac} finds no implementation and runs no hook. */
    private static final String RUNTIME_HOOKS = "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac";

    /** Those of a role, unless the function has to fetch them, as under SnapStart. */
    private static final Map<String, String> KEYS = Map.of(
            "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE",
            "AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
            "AWS_SESSION_TOKEN", "session");

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
     * @param variables the variables that the template sets, and others of the runtime
     * @param options more options of the JVM, which overrule those of Lambda
     */
    public static FunctionProcess start(
            FunctionJar function, Path runtime, Path java, Map<String, String> variables, List<String> options) {
        try {
            RuntimeApi api = RuntimeApi.start();
            Path log = Files.createTempFile("function", ".log");
            ProcessBuilder builder = new ProcessBuilder(command(function, runtime, java, options))
                    .directory(function.taskRoot().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().clear();
            builder.environment().putAll(ofLambda(function, api));
            if (!variables.containsKey("AWS_CONTAINER_CREDENTIALS_FULL_URI")) {
                builder.environment().putAll(KEYS);
            }
            builder.environment().putAll(variables);
            return new FunctionProcess(api, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(FunctionJar function, Path runtime, Path java, List<String> options)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(java.resolve("bin/java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m"));
        command.add(RUNTIME_HOOKS);
        command.add(NativeClient.option(runtime));
        command.addAll(options);
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

    /** Waits until the process is ready for its snapshot: its hooks have run. Only for a SnapStart function. */
    public void awaitSnapshot() {
        outcome(api.initialized());
    }

    /** Lets the process continue as if it were restored from the snapshot. */
    public void restore() {
        api.restore();
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

    /**
     * The process's CPU time in milliseconds, which does not include other programs. On Linux it is that of the threads that
     * run, in nanoseconds; that of the whole process is in hundredths of a second only.
     */
    public double cpu() {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
            double nanoseconds = 0;
            for (Path thread : threads.toList()) {
                nanoseconds += Double.parseDouble(
                        Files.readString(thread.resolve("schedstat")).split(" ", 2)[0]);
            }
            return nanoseconds / 1e6;
        } catch (IOException e) {
            // Another system, or a thread has just ended.
            return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e6;
        }
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
