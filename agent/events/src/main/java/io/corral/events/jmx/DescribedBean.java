package io.corral.events.jmx;

import java.lang.reflect.Method;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.StandardMBean;
import org.jspecify.annotations.Nullable;

/** An MXBean that is described by its interface's annotations. */
final class DescribedBean extends StandardMBean {

    /** @param type the bean's interface */
    <T> DescribedBean(T bean, Class<T> type) {
        super(bean, type, true);
    }

    @Override
    protected String getDescription(MBeanInfo info) {
        return text(getMBeanInterface().getAnnotation(Describe.class), info.getDescription());
    }

    @Override
    protected String getDescription(MBeanAttributeInfo info) {
        return ofMethod("get" + info.getName(), 0, info.getDescription());
    }

    @Override
    protected String getDescription(MBeanOperationInfo info) {
        return ofMethod(info.getName(), info.getSignature().length, info.getDescription());
    }

    @Override
    protected String getParameterName(
            MBeanOperationInfo operation, MBeanParameterInfo parameter, int sequence) {
        // An operation has one parameter at most.
        return switch (operation.getName()) {
            case "overrideLimits" -> "limits";
            case "resetLimits" -> "container";
            default -> "path";
        };
    }

    private String ofMethod(String name, int parameters, String otherwise) {
        for (Method method : getMBeanInterface().getMethods()) {
            if (method.getName().equals(name) && method.getParameterCount() == parameters) {
                return text(method.getAnnotation(Describe.class), otherwise);
            }
        }
        return otherwise;
    }

    private static String text(@Nullable Describe description, String otherwise) {
        return description == null ? otherwise : description.value();
    }
}
