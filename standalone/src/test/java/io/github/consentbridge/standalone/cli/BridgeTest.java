package io.github.consentbridge.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.mapping.failure.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Command;

class BridgeTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Command(name = "failing")
    private record Failing(ExitCode code) implements Runnable {
        @Override
        public void run() {
            throw new BridgeException(code, "what is wrong: what to do");
        }
    }

    private int execute(Object command, String... arguments) {
        return Bridge.execute(command, new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    @ParameterizedTest
    @CsvSource({"USAGE, 2", "FAILURE, 3", "BUSY, 4"})
    void expectedFailureIsItsSentenceAndExitCode(ExitCode code, int number) {
        assertThat(execute(new Failing(code))).isEqualTo(number);
        assertThat(err.toString().strip()).isEqualTo("what is wrong: what to do");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void trustedProxiesAreAddressesAndNeedAProxyInFront() {
        assertThat(execute(new Bridge(), "run", "--behind-proxy", "--trusted-proxy", "10.0.0.0/8,proxy.example"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("'proxy.example' is neither an IP address nor a range");

        assertThat(execute(new Bridge(), "run", "--trusted-proxy", "10.0.0.0/8"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--trusted-proxy has no effect without --behind-proxy");
    }

    @Test
    void helpListsTheDemoThatIsAProgramOfItsOwn() {
        assertThat(execute(new Bridge(), "--help")).isZero();
        assertThat(out.toString()).containsPattern("(?m)^ +demo +Plays sample deliveries");

        assertThat(execute(new Bridge(), "demo", "--once")).isEqualTo(2);
        assertThat(err.toString()).contains("./bridge demo");
    }
}
