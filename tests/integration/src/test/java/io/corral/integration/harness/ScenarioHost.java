package io.corral.integration.harness;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Runs scenarios in the forked JVM, one after the other. Each line of standard input names the next
 * one: its class, its method and, if the method takes one, the kind of thread. A line of standard
 * output has its outcome.
 */
public final class ScenarioHost {

    /** Begins the line of an outcome. The stack trace of a failure follows, in Base64. */
    static final String OUTCOME = "@@outcome ";

    /** As input: asks for this line on standard error, after all that was printed there before. */
    static final String END = "@@end";

    /** A property: the class whose method {@code main} is called before the first scenario. */
    static final String FIRST = "corral.scenarios.first";

    private ScenarioHost() {}

    public static void main(String[] arguments) throws Exception {
        String first = System.getProperty(FIRST);
        if (first != null) {
            Method main = Class.forName(first).getDeclaredMethod("main", String[].class);
            main.setAccessible(true);
            main.invoke(null, (Object) arguments);
        }
        BufferedReader requests =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            if (line.equals(END)) {
                System.err.println(END);
            } else {
                System.out.println(OUTCOME + failureOf(line.split(" ", -1)));
                System.out.flush();
            }
        }
        // A scenario that failed may have left threads.
        System.exit(0);
    }

    /** Its stack trace, or the empty string. */
    private static String failureOf(String[] scenario) {
        try {
            run(scenario);
            return "";
        } catch (InvocationTargetException failure) {
            return trace(failure.getCause());
        } catch (ReflectiveOperationException | RuntimeException failure) {
            return trace(failure);
        }
    }

    private static void run(String[] scenario) throws ReflectiveOperationException {
        Class<?> type = Class.forName(scenario[0]);
        boolean hasKind = scenario.length > 2;
        Method method = hasKind
                ? type.getDeclaredMethod(scenario[1], ThreadKind.class)
                : type.getDeclaredMethod(scenario[1]);
        method.setAccessible(true);
        if (hasKind) {
            method.invoke(null, ThreadKind.valueOf(scenario[2]));
        } else {
            method.invoke(null);
        }
    }

    private static String trace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return Base64.getEncoder()
                .encodeToString(trace.toString().getBytes(StandardCharsets.UTF_8));
    }
}
