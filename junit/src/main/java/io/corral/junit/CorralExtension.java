package io.corral.junit;

import io.corral.Usage;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/** Measures test methods, compares them with their budgets, and resolves {@link Measured}. */
public final class CorralExtension implements InvocationInterceptor, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(CorralExtension.class);

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation,
            ReflectiveInvocationContext<Method> call,
            ExtensionContext context)
            throws Throwable {
        measure(invocation, call, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation,
            ReflectiveInvocationContext<Method> call,
            ExtensionContext context)
            throws Throwable {
        measure(invocation, call, context);
    }

    private static void measure(
            Invocation<Void> invocation,
            ReflectiveInvocationContext<Method> call,
            ExtensionContext context)
            throws Throwable {
        Budget budget = Budget.of(call.getTargetClass(), call.getExecutable());
        if (!budget.isNone() || hasMeasured(call.getExecutable())) {
            TestMeasurement.requireAgent();
        }
        for (int i = 0; i < budget.warmups(); i++) {
            ReflectionSupport.invokeMethod(
                    call.getExecutable(),
                    call.getTarget().orElse(null),
                    call.getArguments().toArray());
        }
        Usage usage = measurement(context).runTest(invocation::proceed);
        budget.check(usage);
    }

    private static boolean hasMeasured(Method test) {
        return Arrays.asList(test.getParameterTypes()).contains(Measured.class);
    }

    private static TestMeasurement measurement(ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        TestMeasurement.class,
                        unused -> new TestMeasurement(),
                        TestMeasurement.class);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Measured.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        boolean isOfTest = context.getTestMethod()
                .filter(parameter.getDeclaringExecutable()::equals)
                .isPresent();
        if (!isOfTest
                && !AnnotationSupport.isAnnotated(
                        parameter.getDeclaringExecutable(), AfterEach.class)) {
            throw new ParameterResolutionException(
                    "Measured is a parameter of test methods and of methods with @AfterEach");
        }
        return measurement(context);
    }
}
