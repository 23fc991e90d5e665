package io.corral.runtime.rules;

import io.corral.runtime.rules.LineScanner.SyntaxException;

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
 * Reads rules, one a line, and finds all that is wrong with them:
 *
 * <pre>
 * thread "batch-*" kind platform -> /batch/{1}      # first match wins, in each hierarchy
 * -> hierarchy origin /application
 * enter com.acme.Orders#handle(java.lang.String, ..) -> /tenants/{0}
 * handover "mail-*" -> off
 * </pre>
 */
public final class RulesParser {

    private static final String ENTER = "enter";
    private static final String HAND_OVER = "handover";

    private static final int MOST_BYTES = 1 << 20;

    private static final String LINE_END = "\r\n|\r|\n";

    private final String file;
    private final List<Rule> threads = new ArrayList<>();
    private final List<EntryRule> entries = new ArrayList<>();
    private final List<HandOverRule> handOvers = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    /** By what they take, and the hierarchy: the lines of rules that leave nothing for later ones. */
    private final Map<String, Integer> taken = new HashMap<>();

    private int line;

    private RulesParser(String file) {
        this.file = file;
    }

    /**
     * What a file says, which has to be in UTF-8: a letter that was lost would make a rule that never holds.
     *
     * @throws IOException if it can't be read, or is none of rules
     */
    public static String text(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new IOException("it has more than " + MOST_BYTES + " bytes");
        }
        return decoded(bytes);
    }

    private static String decoded(byte[] bytes) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        String text = out.flip().toString();
        // In UTF-16 there is one beside each letter of English.
        int nul = text.indexOf('\0');
        if (nul >= 0 || result.isError()) {
            String before = nul >= 0 ? text.substring(0, nul) : text;
            throw new IOException("line " + before.split(LINE_END, -1).length
                    + " is not in UTF-8; save the file in UTF-8");
        }
        return text;
    }

    /**
     * What a text says.
     *
     * @param rules none if there is a problem
     * @param problems all that is wrong, in the order of lines
     */
    public record Parsed(RuleSet rules, List<Problem> problems) {}

    /** @param file what to call it in messages */
    public static Parsed parse(String file, String text) {
        RulesParser parser = new RulesParser(file);
        String marked = text.startsWith("\uFEFF") ? text.substring(1) : text;
        for (String line : marked.split(LINE_END, -1)) {
            parser.line++;
            parser.parse(line);
        }
        return parser.parsed();
    }

    /** A file with a fault in it makes no hierarchy. */
    private Parsed parsed() {
        return problems.isEmpty()
                ? new Parsed(new RuleSet(threads, entries, handOvers), List.of())
                : new Parsed(new RuleSet(List.of(), List.of(), List.of()), List.copyOf(problems));
    }

    private void parse(String text) {
        LineScanner in = new LineScanner(text);
        if (in.isAtEnd()) {
            return;
        }
        String location = file + ":" + line;
        try {
            if (in.accept(ENTER)) {
                EntryRule rule = EntryRuleParser.parse(in, location, this::report);
                if (rule != null) {
                    add(rule);
                }
            } else if (in.accept(HAND_OVER)) {
                HandOverRule rule = HandOverRule.parse(in, location, this::report);
                if (rule != null) {
                    add(rule);
                }
            } else {
                Rule rule = new ThreadRuleParser(in, location, this::report).parse();
                if (rule != null) {
                    add(rule);
                }
            }
        } catch (SyntaxException wrong) {
            report(wrong);
        }
    }

    private void report(SyntaxException wrong) {
        problems.add(new Problem(line, wrong.column(), wrong.what()));
    }

    private void add(EntryRule rule) {
        // One whose placeholders don't fit leaves the method to the next.
        String takes = ENTER + " " + rule.hierarchy() + " " + rule.target();
        Integer always = taken.get(takes);
        if (always != null) {
            neverReached("other methods than those of line " + always);
        } else if (isFirst(takes + " " + rule.path(), "other methods")) {
            if (rule.alwaysFits()) {
                taken.put(takes, line);
            }
            entries.add(rule);
        }
    }

    private void add(HandOverRule rule) {
        Integer all = taken.get(HAND_OVER);
        if (all != null) {
            neverReached("nothing behind line " + all + ", which takes every worker");
        } else if (isFirst(HAND_OVER + " " + rule.workers(), "other workers")) {
            if (rule.takesAll()) {
                taken.put(HAND_OVER, line);
            }
            handOvers.add(rule);
        }
    }

    private void add(Rule rule) {
        String hierarchy = rule.hierarchy() + " ";
        Integer all = taken.get(hierarchy);
        if (all != null) {
            neverReached("nothing behind line " + all + ", which takes every thread");
            return;
        }
        // One whose placeholders don't fit leaves the thread to the next.
        String takes = hierarchy + rule.conditions();
        Integer always = taken.get(takes);
        if (always != null) {
            neverReached("other conditions than those of line " + always);
        } else if (isFirst(takes + " " + rule.target(), "other conditions")) {
            if (rule.alwaysFits()) {
                taken.put(takes, line);
            }
            if (rule.takesAll()) {
                taken.put(hierarchy, line);
            }
            threads.add(rule);
        }
    }

    /** Whether no earlier rule takes the same; else that is a problem. */
    private boolean isFirst(String takes, String others) {
        Integer same = taken.putIfAbsent(takes, line);
        if (same != null) {
            neverReached(others + " than those of line " + same);
        }
        return same == null;
    }

    private void neverReached(String expected) {
        problems.add(new Problem(line, 1, "never reached; expected " + expected));
    }
}
