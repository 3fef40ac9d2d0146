using System.Text.Json.Serialization;
using ChatOps.Fleet;

namespace ChatOps.Node.Execution;

/// <summary>The register's file format.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(ExecutionRecord))]
[JsonSerializable(typeof(CommandProgram))]
internal sealed partial class RegisterJson : JsonSerializerContext;
