package io.corral.rules.file;

import io.corral.rules.handover.HandOverRule;
import io.corral.rules.handover.ItemRule;
import io.corral.rules.language.LineScanner;
import io.corral.rules.language.LineScanner.SyntaxException;
import io.corral.rules.limits.LimitConflicts;
import io.corral.rules.limits.LimitRule;
import io.corral.rules.limits.LimitRuleParser;
import io.corral.rules.methods.EntryRule;
import io.corral.rules.methods.EntryRuleParser;
import io.corral.rules.threads.NameRuleParser;
import io.corral.rules.threads.ThreadRuleParser;
import io.corral.rules.threads.UserRule;
import io.corral.runtime.placement.NameRule;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Parses a rules file, one rule a line, and collects all its errors:
 *
 * <pre>
 * thread "batch-*" kind platform -> /batch/{1}      # first match wins, in each hierarchy
 * -> hierarchy origin /application
 * enter com.acme.Orders#handle(java.lang.String, ..) -> /tenants/{0}
 * handover "mail-*" -> off
 * name qtp#-* -> qtp
 * handover com.acme.Serial#execute({0})
 * limit /tenants/* fair requests.max 50
 * </pre>
 */
public final class RulesParser {

    private static final String ENTER = "enter";
    private static final String HAND_OVER = "handover";
    private static final String NAME = "name";
    private static final String LIMIT = "limit";

    private static final int MAX_BYTES = 1 << 20;

    private static final String LINE_END = "\r\n|\r|\n";

    private final String file;
    private final List<UserRule> threads = new ArrayList<>();
    private final List<EntryRule> entries = new ArrayList<>();
    private final List<HandOverRule> handOvers = new ArrayList<>();
    private final List<NameRule> names = new ArrayList<>();
    private final List<ItemRule> items = new ArrayList<>();
    private final List<LimitRule> limits = new ArrayList<>();
    private final LimitConflicts conflicts = new LimitConflicts();
    private final List<RuleError> errors = new ArrayList<>();

    /** The lines of rules after which no later rule can match, by hierarchy and pattern. */
    private final Map<String, Integer> exhausted = new HashMap<>();

    private int line;

    /** The number of lines with more than a comment. */
    private int lines;

    /** The number of lines that do not begin as a rule does. */
    private int unknownBeginnings;

    private RulesParser(String file) {
        this.file = file;
    }

    /**
     * The text of a file, which must be UTF-8: a rule with a damaged letter would never match.
     *
     * @throws IOException if the file can't be read, is too long, or is not UTF-8
     */
    public static String text(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new IOException("it has more than " + MAX_BYTES + " bytes");
        }
        return decoded(bytes);
    }

    private static String decoded(byte[] bytes) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        String text = out.flip().toString();
        // In UTF-16, each English letter has a zero byte.
        int nul = text.indexOf('\0');
        if (nul >= 0 || result.isError()) {
            String before = nul >= 0 ? text.substring(0, nul) : text;
            throw new IOException("line " + before.split(LINE_END, -1).length
                    + " is not in UTF-8; save the file in UTF-8");
        }
        return text;
    }

    /**
     * The result of parsing.
     *
     * @param rules empty if there is an error
     * @param errors in the order of lines; one if no line begins as a rule does, since the file may
     *     be another one, with secrets in it
     */
    public record Parsed(RuleSet rules, List<RuleError> errors) {}

    /** @param file the name of the file, for messages */
    public static Parsed parse(String file, String text) {
        RulesParser parser = new RulesParser(file);
        String marked = text.startsWith("\uFEFF") ? text.substring(1) : text;
        for (String line : marked.split(LINE_END, -1)) {
            parser.line++;
            parser.parse(line);
        }
        return parser.parsed();
    }

    /** A file with an error creates no hierarchy. */
    private Parsed parsed() {
        if (unknownBeginnings == lines && lines > 1) {
            return failed(List.of(errors.get(0)
                    .with("; none of the " + lines
                            + " lines begins as a rule does: is this the right file?")));
        }
        return errors.isEmpty()
                ? new Parsed(
                        new RuleSet(threads, entries, handOvers, items, names, limits), List.of())
                : failed(errors);
    }

    private static Parsed failed(List<RuleError> errors) {
        return new Parsed(
                new RuleSet(List.of(), List.of(), List.of(), List.of(), List.of(), List.of()),
                List.copyOf(errors));
    }

    private void parse(String text) {
        LineScanner in = new LineScanner(text);
        if (in.isAtEnd()) {
            return;
        }
        String location = file + ":" + line;
        lines++;
        try {
            if (in.accept(ENTER)) {
                EntryRule rule = EntryRuleParser.parse(in, location, this::report);
                if (rule != null) {
                    add(rule);
                }
            } else if (in.accept(HAND_OVER)) {
                if (ItemRule.isNext(in)) {
                    add(ItemRule.parse(in, location));
                    return;
                }
                HandOverRule rule = HandOverRule.parse(in, location, this::report);
                if (rule != null) {
                    add(rule);
                }
            } else if (in.accept(NAME)) {
                add(NameRuleParser.parse(in));
            } else if (in.accept(LIMIT)) {
                LimitRule rule = LimitRuleParser.parse(in, location, this::report);
                if (rule != null) {
                    conflicts.add(rule, line, this::report);
                    limits.add(rule);
                }
            } else {
                if (!ThreadRuleParser.isNext(in)) {
                    unknownBeginnings++;
                }
                UserRule rule = new ThreadRuleParser(in, location, this::report).parse();
                if (rule != null) {
                    add(rule);
                }
            }
        } catch (SyntaxException wrong) {
            report(wrong);
        }
    }

    private void report(SyntaxException wrong) {
        errors.add(new RuleError(line, wrong.column(), wrong.what()));
    }

    private void add(EntryRule rule) {
        // A rule whose placeholder has no usable value leaves the method to the next rule.
        String matches = ENTER + " " + rule.hierarchy() + " " + rule.target();
        Integer always = exhausted.get(matches);
        if (always != null) {
            reportUnreachable(always, "these methods");
        } else if (isFirst(matches + " " + rule.path(), "these methods")) {
            if (rule.alwaysMatches()) {
                exhausted.put(matches, line);
            }
            entries.add(rule);
        }
    }

    private void add(ItemRule rule) {
        if (isFirst(HAND_OVER + " " + rule.submits(), "these methods")) {
            items.add(rule);
        }
    }

    private void add(HandOverRule rule) {
        String what = rule.isForTasks() ? "task" : "worker";
        Integer all = exhausted.get(HAND_OVER + " " + what);
        if (all != null) {
            reportUnreachable(all, "every " + what);
        } else if (isFirst(HAND_OVER + " " + rule.subjects(), "these " + what + "s")) {
            if (rule.matchesAll()) {
                exhausted.put(HAND_OVER + " " + what, line);
            }
            handOvers.add(rule);
        }
    }

    private void add(NameRule rule) {
        if (isFirst(NAME + " " + rule.glob(), "these names")) {
            names.add(rule);
        }
    }

    private void add(UserRule rule) {
        String hierarchy = rule.hierarchy() + " ";
        Integer all = exhausted.get(hierarchy);
        if (all != null) {
            reportUnreachable(all, "every thread");
            return;
        }
        // A rule whose placeholder has no usable value leaves the thread to the next rule.
        String matches = hierarchy + rule.conditions();
        Integer always = exhausted.get(matches);
        if (always != null) {
            reportUnreachable(always, "these threads");
        } else if (isFirst(matches + " " + rule.target(), "these threads")) {
            if (rule.outcome().placesEach()) {
                exhausted.put(matches, line);
            }
            if (rule.matchesAll() && rule.outcome().placesEach()) {
                exhausted.put(hierarchy, line);
            }
            threads.add(rule);
        }
    }

    /** Whether no earlier rule matches the same; reports an error otherwise. */
    private boolean isFirst(String matches, String subjects) {
        Integer same = exhausted.putIfAbsent(matches, line);
        if (same != null) {
            reportUnreachable(same, subjects);
        }
        return same == null;
    }

    private void reportUnreachable(int earlier, String subjects) {
        errors.add(new RuleError(
                line, 1, "unreachable: line " + earlier + " already matches " + subjects));
    }
}
