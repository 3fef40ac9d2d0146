namespace ChatOps.Tools.Gate;

/// <summary>The ways through the gate. They share every stage but the ones that ask for and start from an approval.</summary>
internal sealed class GatePipeline(
    ResolveStage resolve, AuthoriseStage authorise, AssessStage assess, PlanStage plan, NeedStage need, ApproveStage approve, DriftStage drift,
    IntentStage intent, StartStage start, RestoreStage restore, PlanRestoreStage restorePlan, PlanRunStage steps, RunStage run, CheckStage check, RedactStage redact, OutcomeStage outcome)
{
    /// <summary>A new request.</summary>
    public IReadOnlyList<IGateStage> New { get; } = [resolve, authorise, assess, plan, need, approve, intent, steps, run, check, redact, outcome];

    /// <summary>What a request would mean: everything before anything is asked, recorded or run.</summary>
    public IReadOnlyList<IGateStage> Preview { get; } = [resolve, authorise, assess, plan, need];

    /// <summary>A request whose approval has been given: everything is checked again before it starts.</summary>
    public IReadOnlyList<IGateStage> Approved { get; } = [resolve, authorise, assess, plan, drift, start, steps, run, check, redact, outcome];

    /// <summary>What a process that is gone had begun: nothing is started, only followed.</summary>
    public IReadOnlyList<IGateStage> Resumed { get; } = [restore, assess, run, check, redact, outcome];

    /// <summary>A plan that a process that is gone had begun: what has an end stays as it is, the rest runs.</summary>
    public IReadOnlyList<IGateStage> ResumedPlan { get; } = [restorePlan, steps, redact, outcome];
}
