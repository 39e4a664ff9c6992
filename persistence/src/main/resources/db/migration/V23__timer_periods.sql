-- What the period of each timed task is, as the node that did the last round has it: a timer that goes at another pace shows here.
alter table timed_task add column period_millis bigint check (period_millis > 0);
