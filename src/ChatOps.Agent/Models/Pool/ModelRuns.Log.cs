using Microsoft.Extensions.Logging;

namespace ChatOps.Agent.Models.Pool;

internal sealed partial class ModelRuns
{
    [LoggerMessage(4302, LogLevel.Warning, "The model {Model} at {Address} gave no answer: {Failure}, {Code}")]
    private partial void LogFailed(string model, string address, ModelFailure failure, string code);
}
