package io.corral.runtime.rules;

import io.corral.runtime.membership.Trees;
import io.corral.runtime.rules.LineScanner.SyntaxException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.PatternSyntaxException;

/**
 * Reads rules, one a line, and finds all that is wrong with them:
 *
 * <pre>
 * thread "batch-*" kind platform -> /batch/{1}      # first match wins, in each hierarchy
 * -> hierarchy origin /application
 * </pre>
 */
public final class RulesParser {

    private static final String JVM = "/jvm";
    private static final String CONDITIONS = "thread, class, task, group, loader, kind or ->";

    /** Of parts that are captured, where a condition could not be read. */
    private static final int ANY_NUMBER = 99;

    private final String file;
    private final List<Rule> rules = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    /** By hierarchy, then by what they take: the lines of rules that leave nothing for later ones. */
    private final Map<String, Integer> taken = new HashMap<>();

    private int line;

    private RulesParser(String file) {
        this.file = file;
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
        for (String line : marked.split("\r\n|\r|\n", -1)) {
            parser.line++;
            parser.parse(line);
        }
        // A file with a fault in it makes no hierarchy.
        List<Rule> right = parser.problems.isEmpty() ? parser.rules : List.of();
        return new Parsed(new RuleSet(right), List.copyOf(parser.problems));
    }

    private void parse(String text) {
        LineScanner in = new LineScanner(text);
        if (in.isAtEnd()) {
            return;
        }
        Kind kind = new Kind();
        List<Condition> conditions = new ArrayList<>();
        boolean right = true;
        try {
            conditions(in, kind, conditions);
        } catch (SyntaxException wrong) {
            report(wrong);
            right = false;
            if (!in.skipToOutcome()) {
                return;
            }
        }
        try {
            Rule rule =
                    outcome(in, kind.value, conditions, right ? captures(conditions) : ANY_NUMBER);
            if (right) {
                add(rule);
            }
        } catch (SyntaxException wrong) {
            report(wrong);
        }
    }

    private static int captures(List<Condition> conditions) {
        int captures = 0;
        for (Condition condition : conditions) {
            captures += condition.groups();
        }
        return captures;
    }

    private void report(SyntaxException wrong) {
        problems.add(new Problem(line, wrong.column(), wrong.what()));
    }

    /** Set by a rule's condition. */
    private static final class Kind {
        private Rule.Kind value = Rule.Kind.ANY;
    }

    private static void conditions(LineScanner in, Kind kind, List<Condition> conditions)
            throws SyntaxException {
        while (true) {
            int column = in.column();
            String word = in.word();
            if (word.equals(LineScanner.ARROW)) {
                return;
            }
            Condition.Property property = Condition.Property.of(word);
            if (property != null) {
                conditions.add(new Condition(property, pattern(in, word)));
            } else if (word.equals("kind")) {
                kind.value = kind(in);
            } else {
                throw new SyntaxException(
                        column,
                        word.isEmpty()
                                ? "the rule ends; expected " + CONDITIONS
                                : "unknown condition \"" + word + "\"; expected " + CONDITIONS);
            }
        }
    }

    private static TextPattern pattern(LineScanner in, String property) throws SyntaxException {
        int column = in.column();
        boolean isRegex = in.isAtRegex();
        String source = isRegex ? in.regex() : in.word();
        if (!isRegex && (source.equals(LineScanner.ARROW) || column == in.column())) {
            throw new SyntaxException(
                    column, "nothing for " + property + "; expected a glob or /an expression/");
        }
        try {
            return isRegex ? TextPattern.regex(source) : TextPattern.glob(source);
        } catch (PatternSyntaxException wrong) {
            throw new SyntaxException(
                    column + 1 + Math.max(wrong.getIndex(), 0),
                    wrong.getDescription() + "; expected a regular expression of Java's");
        } catch (StackOverflowError tooDeep) {
            throw new SyntaxException(column, "a regular expression too deep to be read");
        }
    }

    private static Rule.Kind kind(LineScanner in) throws SyntaxException {
        int column = in.column();
        String word = in.word();
        for (Rule.Kind kind : Rule.Kind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(word)) {
                return kind;
            }
        }
        throw new SyntaxException(
                column, "unknown thread kind \"" + word + "\"; expected platform, virtual or any");
    }

    private Rule outcome(LineScanner in, Rule.Kind kind, List<Condition> conditions, int captures)
            throws SyntaxException {
        int column = in.column();
        String word = in.word();
        String hierarchy = Trees.MAIN.name();
        if (word.equals("hierarchy")) {
            hierarchy = hierarchy(in);
            column = in.column();
            word = in.word();
        }
        Rule.Outcome outcome = outcome(word);
        PathTemplate template = null;
        if (outcome == Rule.Outcome.PLACE) {
            template = new TemplateParser(word, column, captures).parse();
            if (hierarchy.equals(Trees.MAIN.name())
                    && (word.equals(JVM) || word.startsWith(JVM + "/"))) {
                throw new SyntaxException(
                        column, "what is below /jvm is the JVM's; expected another path");
            }
        }
        if (!in.isAtEnd()) {
            throw new SyntaxException(in.column(), "something behind the rule; expected its end");
        }
        return new Rule(file + ":" + line, hierarchy, kind, conditions, outcome, template);
    }

    private static Rule.Outcome outcome(String word) {
        return switch (word) {
            case "inherit" -> Rule.Outcome.INHERIT;
            case "ignore" -> Rule.Outcome.IGNORE;
            default -> Rule.Outcome.PLACE;
        };
    }

    private static String hierarchy(LineScanner in) throws SyntaxException {
        int column = in.column();
        String name = in.word();
        String fault = PathTemplate.fault(name);
        if (fault != null) {
            throw new SyntaxException(
                    column, "\"" + name + "\" " + fault + "; expected a hierarchy's name");
        }
        return name;
    }

    private void add(Rule rule) {
        String hierarchy = rule.hierarchy() + " ";
        Integer all = taken.get(hierarchy);
        Integer same = taken.get(hierarchy + rule.conditions());
        if (all != null) {
            problems.add(new Problem(
                    line,
                    1,
                    "never reached; expected nothing behind line " + all
                            + ", which takes every thread"));
        } else if (same != null) {
            problems.add(new Problem(
                    line,
                    1,
                    "never reached; expected other conditions than those of line " + same));
        } else {
            taken.put(hierarchy + rule.conditions(), line);
            if (rule.takesAll()) {
                taken.put(hierarchy, line);
            }
            rules.add(rule);
        }
    }
}
