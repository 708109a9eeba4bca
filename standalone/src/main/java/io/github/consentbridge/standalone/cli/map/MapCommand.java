package io.github.consentbridge.standalone.cli.map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.mapping.delivery.MalformedDeliveryException;
import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.standalone.cli.OperatorCommand;
import io.github.consentbridge.standalone.cli.Table;
import io.github.consentbridge.standalone.cli.UsageException;
import io.github.consentbridge.standalone.map.DeliveryMap;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "map",
        description = {
            "Shows which choices deliveries of Didomi or Dynamics contain for the mapped columns. Sends nothing.",
            "Dataverse is not asked: column types are deduced from the mappings and the values, a change in"
                    + " Dynamics is assumed to come from the bridge's environment and not to be its own, and an event"
                    + " in Didomi not to be its own."
        },
        mixinStandardHelpOptions = true)
public final class MapCommand extends OperatorCommand {
    private static final int MAX_BYTES = 1 << 21;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "the body of a webhook call, or a request event like those in events/")
    private List<Path> files;

    @Override
    public Integer call() {
        DeliveryMap map = new DeliveryMap(options.integration(), Clock.systemUTC());
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        ArrayNode deliveries = report.putArray("deliveries");
        boolean complete = true;
        for (Path file : files) {
            complete &= add(map, file, deliveries);
        }
        if (!deliveries.isEmpty() && json) {
            out().println(report);
        } else if (!deliveries.isEmpty()) {
            print(deliveries, out());
        }
        return complete ? ExitCode.DONE.number() : ExitCode.USAGE.number();
    }

    /** A file that cannot be used is reported, and hides none of the others. */
    private boolean add(DeliveryMap map, Path file, ArrayNode deliveries) {
        try {
            deliveries.add(read(map, file).put("file", file.toString()));
            return true;
        } catch (UsageException e) {
            spec.commandLine().getErr().println(e.sentence());
            return false;
        }
    }

    private static ObjectNode read(DeliveryMap map, Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new UsageException(file + " is larger than any delivery: name the right file");
            }
            return map.of(Files.readString(file), file.getFileName().toString());
        } catch (NoSuchFileException e) {
            throw new UsageException("there is no file " + file, e);
        } catch (MalformedDeliveryException e) {
            throw new UsageException(file + " is not a delivery: " + e.getMessage(), e);
        } catch (JsonProcessingException | CharacterCodingException e) {
            throw new UsageException(file + " is not a delivery: it is not JSON in UTF-8", e);
        } catch (IOException e) {
            throw new UsageException(file + " cannot be read: check its owner and mode", e);
        }
    }

    private static void print(ArrayNode deliveries, PrintWriter out) {
        Table table = new Table("FILE", "SIDE", "KEY", "CHOICE", "DECIDED AT", "REASON");
        for (JsonNode delivery : deliveries) {
            String file = Path.of(text(delivery, "file")).getFileName().toString();
            String side = text(delivery, "side");
            String key = delivery.path("key").asText("-");
            for (JsonNode choice : delivery.path("choices")) {
                table.row(file, side, key, text(choice, "shown"), text(choice, "decided_at"), "");
            }
            for (JsonNode ignored : delivery.path("ignored")) {
                table.row(file, side, key, "none for " + text(ignored, "mapping"), "-", text(ignored, "reason"));
            }
        }
        table.print(out);
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asText();
    }
}
