using ChatOps.Tools.Access;
using ChatOps.Tools.ApprovalTools;
using ChatOps.Tools.AuditTools;
using ChatOps.Tools.Checks;
using ChatOps.Tools.Cost;
using ChatOps.Tools.DeadLetters;
using ChatOps.Tools.Facts;
using ChatOps.Tools.Files;
using ChatOps.Tools.Halts;
using ChatOps.Tools.Incidents;
using ChatOps.Tools.Jobs;
using ChatOps.Tools.FleetTools;
using ChatOps.Tools.Logs;
using ChatOps.Tools.Memory;
using ChatOps.Tools.Nodes;
using ChatOps.Tools.Outside;
using ChatOps.Tools.Plans;
using ChatOps.Tools.PolicyTools;
using ChatOps.Tools.Replay;
using ChatOps.Tools.Reports;
using ChatOps.Tools.Results;
using ChatOps.Tools.Run;
using ChatOps.Tools.Runbooks;
using ChatOps.Tools.Schedules;
using ChatOps.Tools.Services;
using ChatOps.Tools.SkillTools;
using ChatOps.Tools.Status;
using ChatOps.Tools.Transfers;
using ChatOps.Tools.Web;

namespace ChatOps.Tools;

/// <summary>Every tool's definition, readable without starting anything: command lines and documents are built from it.</summary>
public static class ToolDefinitions
{
    /// <summary>All definitions, ordered by name.</summary>
    public static IReadOnlyList<ToolManifest> All { get; } = new List<ToolManifest>
    {
        RunTool.Definition, LogsTool.Definition, ServiceTool.Definition, NodeFactsTool.Definition, PutFileTool.Definition, GetFileTool.Definition, StatFileTool.Definition,
        JobStopTool.Definition, JobTailTool.Definition, JobShowTool.Definition,
        ResultSearchTool.Definition,
        FilesReadTool.Definition, FilesListTool.Definition, FilesSearchTool.Definition,
        FilesWriteTool.Definition, FilesAppendTool.Definition, FilesEditTool.Definition,
        NodesTool.Definition, NodeShowTool.Definition,
        NodeTokenCreateTool.Definition, NodeAddTool.Definition, NodeLabelTool.Definition, NodeDrainTool.Definition, NodeResumeTool.Definition, NodeRemoveTool.Definition,
        StatusTool.Definition, FleetStatusTool.Definition,
        AuditListTool.Definition, AuditShowTool.Definition, AuditExportTool.Definition, AuditVerifyTool.Definition,
        ApprovalsListTool.Definition, ApprovalsShowTool.Definition, ApprovalsApproveTool.Definition, ApprovalsDenyTool.Definition,
        GrantsListTool.Definition, GrantsRevokeTool.Definition,
        WhoAmITool.Definition, PeopleTool.Definition, RolesTool.Definition, CanTool.Definition, GrantRoleTool.Definition, RevokeRoleTool.Definition,
        SignInLinkTool.Definition, TokenCreateTool.Definition, TokenListTool.Definition, TokenRevokeTool.Definition,
        PairListTool.Definition, PairApproveTool.Definition, PairDenyTool.Definition, GroupListTool.Definition, GroupAdmitTool.Definition, GroupRemoveTool.Definition,
        DlqListTool.Definition, DlqShowTool.Definition, DlqRetryTool.Definition, DlqDropTool.Definition,
        HaltTool.Definition, HaltStatusTool.Definition, HaltLiftTool.Definition,
        CheckListTool.Definition, CheckShowTool.Definition, CheckRunTool.Definition, CheckSilenceTool.Definition, CheckUnsilenceTool.Definition, CheckProbeTool.Definition,
        RunbookListTool.Definition, RunbookShowTool.Definition, RunbookValidateTool.Definition, RunbookTrustTool.Definition,
        IncidentListTool.Definition, IncidentShowTool.Definition, IncidentNoteTool.Definition, IncidentResolveTool.Definition,
        ScheduleListTool.Definition, ScheduleShowTool.Definition, ScheduleHistoryTool.Definition, ScheduleAddTool.Definition,
        SchedulePauseTool.Definition, ScheduleResumeTool.Definition, ScheduleRunTool.Definition, ScheduleRemoveTool.Definition, HeartbeatShowTool.Definition, HeartbeatRunTool.Definition, ReportTool.Definition,
        MemoryReadTool.Definition, MemorySearchTool.Definition, MemoryAddTool.Definition, MemoryForgetTool.Definition,
        HttpGetTool.Definition, WebSearchTool.Definition,
        PolicyExplainTool.Definition,
        CostTool.Definition, CostRaiseTool.Definition, CostRefuseTool.Definition,
        SkillsListTool.Definition, SkillsShowTool.Definition, SkillsCheckTool.Definition, SkillsInstallTool.Definition, SkillsRemoveTool.Definition, ReadSkillTool.Definition,
        ProposePlanTool.Definition, ReplayTool.Definition,
        McpServersTool.Definition, McpToolsTool.Definition, McpReviewTool.Definition,
    }.OrderBy(m => m.Name, StringComparer.Ordinal).ToList();
}
