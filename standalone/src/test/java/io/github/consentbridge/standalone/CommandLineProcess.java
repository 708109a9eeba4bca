package io.github.consentbridge.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** One command as a process of its own. */
record CommandLineProcess(int exitCode, String output) {

    /** Runs the packaged program to its end in a folder, and gives both of its outputs together. */
    static CommandLineProcess run(Path folder, String... arguments) throws IOException, InterruptedException {
        return run(folder, Map.of(), arguments);
    }

    /** The same with variables in its environment. */
    static CommandLineProcess run(Path folder, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        Process process = start(folder, environment, arguments);
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new CommandLineProcess(process.waitFor(), output);
    }

    /** Starts it, for a test that will not wait for its end. */
    static Process start(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(
                List.of("-jar", Path.of("target/bridge.jar").toAbsolutePath().toString()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        // Wide enough that no sentence is wrapped.
        builder.environment().put("COLUMNS", "1000");
        builder.environment().putAll(environment);
        return builder.start();
    }
}
