package io.corral.rules.handover;

import io.corral.rules.language.ClassNames;
import io.corral.rules.language.LineScanner;
import io.corral.rules.language.LineScanner.SyntaxException;
import io.corral.rules.language.OutcomeParser;
import io.corral.rules.language.RuleWarnings;
import io.corral.runtime.handover.ItemPoint;
import io.corral.runtime.handover.ItemPoint.Kind;
import io.corral.runtime.handover.ItemRules;
import io.corral.runtime.placement.ThreadRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A {@code handover} rule for an executor that runs others' tasks from a queue of its own:
 *
 * <pre>
 * handover com.acme.Serial#execute({0})
 * handover com.acme.Mailbox#add({1}) run com.acme.Actor#receive({0})
 * </pre>
 *
 * @param submits the method that submits an item, as written, by which rules are compared
 * @param className the internal name of the class of that method
 * @param points the methods to weave; empty if the class is switched off
 */
public record ItemRule(String submits, String className, List<ItemPoint> points) {

    private static final Pattern METHOD =
            Pattern.compile("([\\w$.]+)#([\\w$]+|<init>)\\(\\{(this|\\d{1,2})}\\)");

    private static final String EXPECTED = "expected a method and the argument that is the item,"
            + " as in com.acme.Serial#execute({0}), or {this}";

    private static final String CONSTRUCTOR = "<init>";

    /**
     * The numbers by rule. A rule keeps its number, and with it its records, when the file changes.
     */
    private static final Map<String, Integer> NUMBERS = new HashMap<>();

    public ItemRule {
        points = List.copyOf(points);
    }

    /** The reason why the rule has matched nothing; null if its class has been loaded. */
    public ThreadRules.@Nullable Unmatched unmatched() {
        return points.isEmpty() || ItemRules.isLoaded(className)
                ? null
                : new ThreadRules.Unmatched(
                        String.valueOf(points.get(0).location()),
                        "the class of " + submits + " is not loaded");
    }

    /** A line that says that the rule's class was not loaded; null if it was. */
    public @Nullable String unusedMessage() {
        ThreadRules.Unmatched unmatched = unmatched();
        return unmatched == null
                ? null
                : unmatched.rule() + ": " + unmatched.reason()
                        + ", so this rule hands nothing over; check the name";
    }

    /** Whether the next word, after {@code handover}, names a method and not workers. */
    public static boolean isNext(LineScanner in) {
        String word = in.peek();
        return word.matches("[\\w$.]+#.*\\(.*")
                || (word.matches("[\\w$.]+#([\\w$]+|<init>)") && !in.isArrowAfterWord());
    }

    /** Parses a rule after its keyword. */
    public static ItemRule parse(LineScanner in, String location) throws SyntaxException {
        int column = in.column();
        String submits = in.word();
        Matcher from = method(submits, column);
        boolean makes = from.group(2).equals(CONSTRUCTOR);
        List<ItemPoint> points = new ArrayList<>();
        String runs = "";
        column = in.column();
        if (in.accept("run")) {
            column = in.column();
            runs = in.word();
            Matcher to = method(runs, column);
            if (to.group(2).equals(CONSTRUCTOR)) {
                throw new SyntaxException(column, "a constructor runs no item; " + EXPECTED);
            }
            points.add(point(Kind.RUN, to, number(submits + runs), location));
        } else if (!in.isAtArrow()) {
            if (makes) {
                throw new SyntaxException(
                        column, "expected run, and the method that runs the item");
            }
            points.add(point(Kind.RUN_CALLS, from, number(submits), location));
        }
        if (in.isAtArrow() && isOff(in)) {
            return new ItemRule(submits, internal(from), List.of());
        }
        OutcomeParser.end(in);
        if (!makes) {
            points.add(point(Kind.EXECUTE_CALLS, from, number(submits + runs), location));
        }
        points.add(point(makes ? Kind.MAKE : Kind.SUBMIT, from, number(submits + runs), location));
        return new ItemRule(submits, internal(from), points);
    }

    private static boolean isOff(LineScanner in) throws SyntaxException {
        in.accept(LineScanner.ARROW);
        int column = in.column();
        if (!in.word().equals("off")) {
            throw new SyntaxException(
                    column, "unknown outcome; expected off, or the end of the line");
        }
        OutcomeParser.end(in);
        return true;
    }

    private static Matcher method(String word, int column) throws SyntaxException {
        Matcher matcher = METHOD.matcher(word);
        if (!matcher.matches()) {
            throw new SyntaxException(
                    column,
                    RuleWarnings.quoted(word) + " names no method with an item; " + EXPECTED);
        }
        String name = matcher.group(1);
        if (ClassNames.isOfJdk(name) || ClassNames.isOfRuntime(name)) {
            throw new SyntaxException(
                    column,
                    "methods of the JDK and of Corral can't be named; expected a class of the"
                            + " application");
        }
        if (matcher.group(2).equals(CONSTRUCTOR) && !matcher.group(3).equals("this")) {
            throw new SyntaxException(column, "a constructor's item is {this}");
        }
        return matcher;
    }

    private static int number(String rule) {
        synchronized (NUMBERS) {
            int next = ItemPoint.FIRST_USER_RULE + NUMBERS.size();
            Integer known = NUMBERS.putIfAbsent(rule, next);
            return known == null ? next : known;
        }
    }

    private static ItemPoint point(Kind kind, Matcher method, int number, String location) {
        String item = method.group(3);
        return new ItemPoint(
                kind,
                internal(method),
                kind.isMethod() ? method.group(2) : null,
                item.equals("this") ? ItemPoint.SELF : Integer.parseInt(item),
                number,
                location);
    }

    private static String internal(Matcher method) {
        return method.group(1).replace('.', '/');
    }
}
