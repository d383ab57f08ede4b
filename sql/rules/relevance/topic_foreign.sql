-- An indicator speaks of its own project: a topic that the project's name, purpose and goals do not know was copied.
with

projects as (
    select * from staging.stg_projects
),

objectives as (
    select * from staging.stg_objectives
),

indicators as (
    select * from staging.stg_indicators
),

topics (topic, related) as (
    values
    ('交通事故', '交通|交警|道路安全'),
    ('征兵', '征兵|兵役|武装|入伍'),
    ('民兵', '民兵|武装|国防'),
    ('防汛', '防汛|抗旱|应急|防洪|水利'),
    ('森林防火', '防火|森林|应急|消防'),
    ('消防', '消防|防火|应急|安全'),
    ('计划生育', '计生|计划生育|卫生健康|卫计|四术|生育'),
    ('人代会', '人大|代表|人代会|乡镇财政|运转|运行'),
    ('防疫', '防疫|疫情|卫生|防控|应急'),
    ('疫苗', '疫苗|防疫|卫生|畜牧'),
    ('路灯', '路灯|亮化|照明|道路|基础设施|人居环境|村庄|乡村振兴|一事一议|公益事业'),
    ('公厕', '公厕|厕所|厕改|人居环境|环境|环卫|基础设施|乡村振兴'),
    ('造林', '造林|林业|绿化|植树|国土|生态'),
    ('秸秆', '秸秆|禁烧|农业|环境|大气'),
    ('垃圾', '垃圾|环卫|环境|卫生|清洁|保洁|村庄'),
    ('退役军人', '退役|军人|双拥|优抚|拥军'),
    ('残疾', '残疾|残联|助残|民政'),
    ('低保', '低保|救助|民政|兜底|困难'),
    ('危房', '危房|住房|房屋|安居'),
    ('统计', '统计|普查|调查|抽样')
),

goals as (
    select
        filing_id,
        project_no,
        string_agg(objective_text, '') as texts
    from objectives
    group by filing_id, project_no
),

-- Few names hold a topic: only their projects' texts are put together and searched.
names as (
    select distinct indicator_raw
    from indicators
),

named_topics as (
    select
        names.indicator_raw,
        topics.topic,
        topics.related
    from names
    inner join topics
        on contains(names.indicator_raw, topics.topic)
),

described as (
    select
        indicators.filing_id,
        indicators.project_no,
        indicators.indicator_no,
        indicators.indicator_raw,
        named_topics.topic,
        named_topics.related,
        projects.project_name || coalesce(projects.purpose, '') || coalesce(goals.texts, '') as project_text
    from indicators
    inner join named_topics
        on indicators.indicator_raw = named_topics.indicator_raw
    inner join projects
        on
            indicators.filing_id = projects.filing_id
            and indicators.project_no = projects.project_no
    left join goals
        on
            indicators.filing_id = goals.filing_id
            and indicators.project_no = goals.project_no
),

-- Some topics belong to any work in a village: these were copied where another project of the filing is about them.
named_elsewhere as (
    select distinct
        described.filing_id,
        described.project_no,
        described.indicator_no,
        described.topic
    from described
    inner join projects
        on
            described.filing_id = projects.filing_id
            and described.project_no <> projects.project_no
    where contains(projects.project_name, described.topic)
),

offending as (
    select
        described.filing_id,
        described.project_no,
        described.indicator_no,
        '指标中的“' || string_agg(described.topic, '”“' order by described.topic) || '”' as figures,
        cast(null as decimal(24, 6)) as difference,
        described.indicator_raw as evidence
    from described
    left join named_elsewhere
        on
            described.filing_id = named_elsewhere.filing_id
            and described.project_no = named_elsewhere.project_no
            and described.indicator_no = named_elsewhere.indicator_no
            and described.topic = named_elsewhere.topic
    where
        not regexp_matches(described.project_text, described.related)
        and (
            described.topic in ('交通事故', '征兵', '民兵', '计划生育', '人代会', '疫苗')
            or named_elsewhere.filing_id is not null
        )
    group by described.filing_id, described.project_no, described.indicator_no, described.indicator_raw
)

select * from offending
