package io.github.consentbridge.standalone.cli.failure;

import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.sync.report.VisibleText;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Says why a command failed and what to do. The stack trace is for those who ask for it with {@code --debug}. */
public final class CommandFailures {
    private static final String DEBUG = "--debug";
    private static final String OURS = "io.github.consentbridge.";

    private CommandFailures() {}

    /** Prints the sentence; the exit code. */
    public static int print(Exception failure, CommandLine command) {
        if (isDebugging(command)) {
            failure.printStackTrace(command.getErr());
        }
        command.getErr().println(VisibleText.ofLines(sentence(failure)));
        return failure instanceof BridgeException expected ? expected.exitCode().number() : ExitCode.FAILURE.number();
    }

    private static boolean isDebugging(CommandLine command) {
        @Nullable OptionSpec debug = command.getCommandSpec().findOption(DEBUG);
        return debug != null && Boolean.TRUE.equals(debug.getValue());
    }

    private static String sentence(Exception failure) {
        if (failure instanceof BridgeException expected) {
            return expected.sentence();
        } else if (failure instanceof UncheckedIOException io && io.getCause() instanceof FileSystemException file) {
            return file(file);
        } else if (failure instanceof FileSystemException file) {
            return file(file);
        } else if (failure instanceof InterruptedException) {
            return "the command was interrupted: repeat it";
        }
        return "the program has a defect (" + kind(failure) + place(failure) + "): repeat the command with " + DEBUG
                + " and report what it prints";
    }

    private static String file(FileSystemException failure) {
        String problem = failure instanceof NoSuchFileException
                ? "does not exist"
                : failure instanceof AccessDeniedException
                        ? "cannot be used: check its owner and mode"
                        : "cannot be used: check the disk, and its owner and mode";
        return failure.getFile() + " " + problem;
    }

    private static String kind(Exception failure) {
        return failure.getClass().getSimpleName().replaceAll("Exception$", "");
    }

    private static String place(Exception failure) {
        Optional<StackTraceElement> ours = Arrays.stream(failure.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith(OURS))
                .findFirst();
        return ours.map(frame -> " at " + frame.getFileName() + ":" + frame.getLineNumber())
                .orElse("");
    }
}
