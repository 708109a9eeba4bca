package io.github.consentbridge.distribution;

import io.github.consentbridge.demo.DemoCommand;
import io.github.consentbridge.standalone.cli.Bridge;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Writes the manual page of each command to {@code man/man1} and the completion for bash and zsh to {@code completion}. */
public final class CommandDocuments {
    private final Path folder;
    private final String version;

    private CommandDocuments(Path folder, String version) {
        this.folder = folder;
        this.version = version;
    }

    /** Arguments: the folder, which is made if it does not exist, and the version that the pages name. */
    public static void main(String[] arguments) throws IOException {
        CommandLine bridge = new CommandLine(new Bridge());
        // The program itself only lists the demo, which has its own jar.
        bridge.getCommandSpec().removeSubcommand("demo");
        CommandLine demo = new CommandLine(new DemoCommand());
        demo.getCommandSpec().name("demo");
        bridge.addSubcommand("demo", demo);
        new CommandDocuments(Path.of(arguments[0]), arguments[1]).write(bridge);
    }

    private void write(CommandLine bridge) throws IOException {
        pages(bridge);
        write("completion/bridge", AutoComplete.bash("bridge", bridge));
    }

    private void pages(CommandLine command) throws IOException {
        ManualPage page = new ManualPage(command, version);
        write("man/man1/" + page.name() + ".1", page.roff());
        for (CommandLine part : command.getSubcommands().values()) {
            pages(part);
        }
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }
}
