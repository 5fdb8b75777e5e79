/** How the teacher follows the student: {@link dev.wsss.api.teacher.TeacherUpdate}. */
@NullMarked
package dev.wsss.api.teacher;

import org.jspecify.annotations.NullMarked;
