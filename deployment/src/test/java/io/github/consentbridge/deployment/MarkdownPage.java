package io.github.consentbridge.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page in Markdown, as GitHub renders it.
 *
 * @param links those within the repository
 * @param anchors of the headings
 * @param commands the arguments of each printed {@code ./bridge …}
 */
record MarkdownPage(List<Link> links, Set<String> anchors, List<List<String>> commands, String text) {
    /** A line of a shell block, without what redirects or comments, or code in a sentence. */
    private static final Pattern COMMAND = Pattern.compile("(?m)(?:^|`)\\./bridge ([^`#>\n]*)");

    private static final Pattern SHELL = Pattern.compile("(?ms)^ *```sh$.*?^ *```");
    private static final Pattern FENCE = Pattern.compile("(?ms)^ *```.*?^ *```");
    private static final Pattern CODE = Pattern.compile("`[^`\n]*`");
    private static final Pattern LINK = Pattern.compile("\\[[^]]*]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.*)$");
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");

    /**
     * A link within the repository.
     *
     * @param path relative; empty for the page itself
     * @param anchor without the number sign; empty for the top
     */
    record Link(String path, String anchor) {
        /** The file that it leads to, seen from the page. */
        Path target(Path page) {
            return path.isEmpty() ? page : page.resolveSibling(path).normalize();
        }

        @Override
        public String toString() {
            return path + (anchor.isEmpty() ? "" : "#" + anchor);
        }
    }

    static MarkdownPage read(Path file) throws IOException {
        String text = Files.readString(file);
        String outsideFences = FENCE.matcher(text).replaceAll("");
        List<Link> links = new ArrayList<>();
        // Code in a link's text is part of the link; a link inside code is none.
        Matcher link = LINK.matcher(CODE.matcher(outsideFences).replaceAll("code"));
        while (link.find()) {
            if (!ELSEWHERE.matcher(link.group(1)).matches()) {
                String[] parts = (link.group(1) + "#").split("#", -1);
                links.add(new Link(parts[0], parts[1]));
            }
        }
        List<List<String>> commands = new ArrayList<>(commands(outsideFences));
        SHELL.matcher(text).results().forEach(block -> commands.addAll(commands(block.group())));
        return new MarkdownPage(links, anchors(outsideFences), commands, text);
    }

    private static List<List<String>> commands(String text) {
        return COMMAND.matcher(text)
                .results()
                .map(command -> List.of(command.group(1).strip().split(" +")))
                .toList();
    }

    /** A heading's text in lower case, without punctuation, with hyphens for blanks; a repeated one gets a number. */
    private static Set<String> anchors(String text) {
        Set<String> anchors = new TreeSet<>();
        Matcher heading = HEADING.matcher(text);
        while (heading.find()) {
            String anchor = heading.group(1)
                    .strip()
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                    .replace(' ', '-');
            for (int number = 1; !anchors.add(number == 1 ? anchor : anchor + "-" + (number - 1)); number++) {
                // The next number is free, or the one after it.
            }
        }
        return anchors;
    }
}
