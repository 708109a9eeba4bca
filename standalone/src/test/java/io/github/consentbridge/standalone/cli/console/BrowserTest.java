package io.github.consentbridge.standalone.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BrowserTest {
    @Test
    void desktopOfEachSystemIsUsed() {
        assertThat(Browser.command("Mac OS X", Map.of())).contains(List.of("open"));
        assertThat(Browser.command("Windows 11", Map.of()))
                .contains(List.of("rundll32", "url.dll,FileProtocolHandler"));
        assertThat(Browser.command("Linux", Map.of("DISPLAY", ":0"))).contains(List.of("xdg-open"));
        assertThat(Browser.command("Linux", Map.of("WAYLAND_DISPLAY", "wayland-0")))
                .contains(List.of("xdg-open"));
    }

    @Test
    void nothingIsStartedWithoutADesktop() {
        assertThat(Browser.command("Linux", Map.of())).isEmpty();
    }
}
